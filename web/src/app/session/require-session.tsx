import { Outlet, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useSession } from './session.ts';

/** What stands below needs somebody who is logged in; a session that ends meanwhile leads to the log-in. */
export function RequireSession() {
  const { status } = useSession();
  const router = useRouter();
  useEffect(() => {
    // asks `beforeLoad` of the route again, which knows the way
    if (status === 'out') void router.invalidate();
  }, [status, router]);
  return status === 'out' ? null : <Outlet />;
}
