import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { financeRoute } from '../app/desk-roots.tsx';

const getParentRoute = () => financeRoute;

/** Pages of the desk. A page is a file of its own that is fetched when it is opened; nothing else is imported here. */
export const financeRoutes = [
  createRoute({
    getParentRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./pages/runs-page.tsx'), 'RunsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/runs/$id',
    component: lazyRouteComponent(() => import('./pages/run-page.tsx'), 'RunPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/runs/$id/$merchantId',
    component: lazyRouteComponent(() => import('./pages/run-row-page.tsx'), 'RunRowPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/charges',
    component: lazyRouteComponent(() => import('./pages/charges-page.tsx'), 'ChargesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/charges/$id',
    component: lazyRouteComponent(() => import('./pages/charge-page.tsx'), 'ChargePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/invoices',
    component: lazyRouteComponent(() => import('./pages/invoices-page.tsx'), 'InvoicesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/invoices/$id',
    component: lazyRouteComponent(() => import('./pages/invoice-page.tsx'), 'InvoicePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/storage',
    component: lazyRouteComponent(() => import('./pages/storage-page.tsx'), 'StoragePage'),
  }),
] as const;
