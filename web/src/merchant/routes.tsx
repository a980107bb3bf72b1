import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { merchantRoute } from '../app/desk-roots.tsx';

const getParentRoute = () => merchantRoute;

/** Pages of the desk. A page is a file of its own that is fetched when it is opened; nothing else is imported here. */
export const merchantRoutes = [
  createRoute({
    getParentRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./pages/today-page.tsx'), 'TodayPage'),
  }),
] as const;
