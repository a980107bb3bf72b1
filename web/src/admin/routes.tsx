import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { adminRoute } from '../app/desk-roots.tsx';

const getParentRoute = () => adminRoute;

/** Pages of the desk. A page is a file of its own that is fetched when it is opened; nothing else is imported here. */
export const adminRoutes = [
  createRoute({
    getParentRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./pages/users-page.tsx'), 'UsersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/merchants',
    component: lazyRouteComponent(() => import('./pages/merchants-page.tsx'), 'MerchantsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/merchants/$id',
    component: lazyRouteComponent(() => import('./pages/merchant-page.tsx'), 'MerchantPage'),
  }),
] as const;
