import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { merchantRoute } from '../app/desk-roots.tsx';
import { loadTexts } from '../app/i18n/texts.ts';

const pages = () => import('./pages.ts');

/** What the pages share: for which merchant they are. */
const frame = createRoute({
  getParentRoute: () => merchantRoute,
  id: 'desk',
  component: lazyRouteComponent(pages, 'Frame'),
});
const getParentRoute = () => frame;

/** Pages of the desk, fetched when the first of them is opened; nothing else is imported here. */
export const merchantRoutes = [
  frame.addChildren([
    createRoute({
      getParentRoute,
      path: '/',
      loader: () => loadTexts('jobs'),
      component: lazyRouteComponent(pages, 'TodayPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/decisions',
      component: lazyRouteComponent(pages, 'DecisionsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/returns',
      component: lazyRouteComponent(pages, 'ReturnsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/returns/announce',
      component: lazyRouteComponent(pages, 'AnnouncePage'),
    }),
    createRoute({
      getParentRoute,
      path: '/returns/import',
      component: lazyRouteComponent(pages, 'ImportPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/returns/$id',
      component: lazyRouteComponent(pages, 'ReturnPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/batches',
      component: lazyRouteComponent(pages, 'BatchesPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/batches/$id',
      component: lazyRouteComponent(pages, 'BatchPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/special-jobs',
      loader: () => loadTexts('jobs'),
      component: lazyRouteComponent(pages, 'SpecialJobsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/special-jobs/$id',
      loader: () => loadTexts('jobs'),
      component: lazyRouteComponent(pages, 'SpecialJobPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/goods-in',
      loader: () => loadTexts('deliveries'),
      component: lazyRouteComponent(pages, 'DeliveriesPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/goods-in/announce',
      loader: () => loadTexts('deliveries'),
      component: lazyRouteComponent(pages, 'AnnounceDeliveryPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/goods-in/import',
      component: lazyRouteComponent(pages, 'ImportDeliveriesPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/goods-in/$id',
      loader: () => loadTexts('deliveries'),
      component: lazyRouteComponent(pages, 'DeliveryPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/invoices',
      loader: () => loadTexts('dunning'),
      component: lazyRouteComponent(pages, 'InvoicesPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/invoices/$id',
      loader: () => loadTexts('disputes'),
      component: lazyRouteComponent(pages, 'InvoicePage'),
    }),
    createRoute({
      getParentRoute,
      path: '/account',
      component: lazyRouteComponent(pages, 'AccountPage'),
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
      path: '/messages',
      component: lazyRouteComponent(pages, 'MessagesPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/messages/$id',
      component: lazyRouteComponent(pages, 'MessagePage'),
    }),
    createRoute({
      getParentRoute,
      path: '/settings',
      component: lazyRouteComponent(pages, 'SettingsPage'),
    }),
  ]),
] as const;
