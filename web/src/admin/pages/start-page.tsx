import { Navigate } from '@tanstack/react-router';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';

/** Leads to the first place that is meant for whoever came. */
export function StartPage() {
  return <Navigate to={hasRole(useUser(), 'admin') ? '/admin/users' : '/admin/aids'} replace />;
}
