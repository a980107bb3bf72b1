import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { adminRoute } from '../app/desk-roots.tsx';
import { loadTexts } from '../app/i18n/texts.ts';

const getParentRoute = () => adminRoute;

/** Pages of the desk. A page is a file of its own that is fetched when it is opened; nothing else is imported here. */
export const adminRoutes = [
  createRoute({
    getParentRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./pages/start-page.tsx'), 'StartPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/users',
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
  createRoute({
    getParentRoute,
    path: '/aids',
    // shows what workers see, in their words
    loader: () => loadTexts('warehouse'),
    component: lazyRouteComponent(() => import('./pages/aids-page.tsx'), 'AidsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/templates',
    component: lazyRouteComponent(() => import('./pages/templates-page.tsx'), 'TemplatesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/templates/$kind',
    component: lazyRouteComponent(() => import('./pages/template-page.tsx'), 'TemplatePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/users/$id',
    component: lazyRouteComponent(() => import('./pages/user-page.tsx'), 'UserPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/articles',
    component: lazyRouteComponent(() => import('./pages/articles-page.tsx'), 'ArticlesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/articles/$id',
    component: lazyRouteComponent(() => import('./pages/article-page.tsx'), 'ArticlePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/special-jobs',
    loader: () => loadTexts('jobs'),
    component: lazyRouteComponent(() => import('./pages/job-catalogue-page.tsx'), 'JobCataloguePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders',
    component: lazyRouteComponent(() => import('./pages/orders-page.tsx'), 'OrdersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders/new',
    component: lazyRouteComponent(() => import('./pages/new-order-page.tsx'), 'NewOrderPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders/$id',
    loader: () => loadTexts('shipments'),
    component: lazyRouteComponent(() => import('./pages/order-page.tsx'), 'OrderPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/shipments',
    loader: () => loadTexts('shipments'),
    component: lazyRouteComponent(() => import('../shared/shipments/shipments-page.tsx'), 'ShipmentsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/packagings',
    loader: () => loadTexts('shipments'),
    component: lazyRouteComponent(() => import('./pages/packagings-page.tsx'), 'PackagingsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/audit',
    component: lazyRouteComponent(() => import('./pages/audit-page.tsx'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/imports',
    component: lazyRouteComponent(() => import('./pages/imports-page.tsx'), 'ImportsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dead-events',
    component: lazyRouteComponent(() => import('./pages/dead-events-page.tsx'), 'DeadEventsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/self-check',
    loader: () => loadTexts('checks'),
    component: lazyRouteComponent(() => import('../shared/self-check/self-check-page.tsx'), 'SelfCheckPage'),
  }),
] as const;
