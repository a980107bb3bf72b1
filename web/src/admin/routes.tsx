import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { adminRoute } from '../app/desk-roots.tsx';
import { loadTexts } from '../app/i18n/texts.ts';

const pages = () => import('./pages.ts');
const getParentRoute = () => adminRoute;

/** Pages of the desk, fetched when the first of them is opened; nothing else is imported here. */
export const adminRoutes = [
  createRoute({
    getParentRoute,
    path: '/',
    component: lazyRouteComponent(pages, 'StartPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/users',
    component: lazyRouteComponent(pages, 'UsersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/merchants',
    component: lazyRouteComponent(pages, 'MerchantsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/merchants/$id',
    component: lazyRouteComponent(pages, 'MerchantPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/aids',
    // shows what workers see, in their words
    loader: () => loadTexts('warehouse'),
    component: lazyRouteComponent(pages, 'AidsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/templates',
    component: lazyRouteComponent(pages, 'TemplatesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/templates/$kind',
    component: lazyRouteComponent(pages, 'TemplatePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/users/$id',
    component: lazyRouteComponent(pages, 'UserPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/articles',
    component: lazyRouteComponent(pages, 'ArticlesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/articles/$id',
    component: lazyRouteComponent(pages, 'ArticlePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/special-jobs',
    loader: () => loadTexts('jobs'),
    component: lazyRouteComponent(pages, 'JobCataloguePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders',
    component: lazyRouteComponent(pages, 'OrdersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders/new',
    component: lazyRouteComponent(pages, 'NewOrderPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders/$id',
    loader: () => loadTexts('shipments'),
    component: lazyRouteComponent(pages, 'OrderPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/shipments',
    loader: () => loadTexts('shipments'),
    component: lazyRouteComponent(pages, 'ShipmentsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/packagings',
    loader: () => loadTexts('shipments'),
    component: lazyRouteComponent(pages, 'PackagingsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/audit',
    component: lazyRouteComponent(pages, 'AuditPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/imports',
    component: lazyRouteComponent(pages, 'ImportsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dead-events',
    component: lazyRouteComponent(pages, 'DeadEventsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/self-check',
    loader: () => loadTexts('checks'),
    component: lazyRouteComponent(pages, 'SelfCheckPage'),
  }),
] as const;
