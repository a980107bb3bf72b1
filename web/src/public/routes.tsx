import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { publicRoute } from '../app/desk-roots.tsx';

/** Pages that are opened by a link, without a log-in. */
export const publicRoutes = [
  createRoute({
    getParentRoute: () => publicRoute,
    path: '/decide/$token',
    component: lazyRouteComponent(() => import('./pages/decide-page.tsx'), 'DecidePage'),
  }),
  createRoute({
    getParentRoute: () => publicRoute,
    path: '/invoice/$token',
    component: lazyRouteComponent(() => import('./pages/invoice-page.tsx'), 'PublicInvoicePage'),
  }),
] as const;
