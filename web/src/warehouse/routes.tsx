import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { warehouseRoute } from '../app/desk-roots.tsx';

const getParentRoute = () => warehouseRoute;

/** Pages of the desk. A page is a file of its own that is fetched when it is opened; nothing else is imported here. */
export const warehouseRoutes = [
  createRoute({
    getParentRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./pages/home-page.tsx'), 'HomePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/returns',
    component: lazyRouteComponent(() => import('./pages/returns-page.tsx'), 'ReturnsPage'),
  }),
] as const;
