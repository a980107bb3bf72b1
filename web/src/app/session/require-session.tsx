import { Outlet, useRouter } from '@tanstack/react-router';
import { Fragment, useEffect } from 'react';
import { useSession } from './session.ts';

/** What stands below needs somebody who is logged in; a session that ends meanwhile leads to the log-in. */
export function RequireSession() {
  const { status, user } = useSession();
  const router = useRouter();
  useEffect(() => {
    // asks `beforeLoad` of the route again, which knows the way
    if (status === 'out') void router.invalidate();
  }, [status, router]);
  if (!user) return null;
  // a page shows nothing on to somebody else
  return (
    <Fragment key={user.id}>
      <Outlet />
    </Fragment>
  );
}
