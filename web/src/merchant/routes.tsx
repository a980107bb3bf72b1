import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { merchantRoute } from '../app/desk-roots.tsx';
import { loadTexts } from '../app/i18n/texts.ts';

/** What the pages share: for which merchant they are. */
const frame = createRoute({
  getParentRoute: () => merchantRoute,
  id: 'desk',
  component: lazyRouteComponent(() => import('./frame.tsx'), 'Frame'),
});
const getParentRoute = () => frame;

/** Pages of the desk. A page is a file of its own that is fetched when it is opened; nothing else is imported here. */
export const merchantRoutes = [
  frame.addChildren([
    createRoute({
      getParentRoute,
      path: '/',
      loader: () => loadTexts('jobs'),
      component: lazyRouteComponent(() => import('./pages/today-page.tsx'), 'TodayPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/decisions',
      component: lazyRouteComponent(() => import('./pages/decisions-page.tsx'), 'DecisionsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/returns',
      component: lazyRouteComponent(() => import('./pages/returns-page.tsx'), 'ReturnsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/returns/announce',
      component: lazyRouteComponent(() => import('./pages/announce-page.tsx'), 'AnnouncePage'),
    }),
    createRoute({
      getParentRoute,
      path: '/returns/import',
      component: lazyRouteComponent(() => import('./pages/import-page.tsx'), 'ImportPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/returns/$id',
      component: lazyRouteComponent(() => import('./pages/return-page.tsx'), 'ReturnPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/batches',
      component: lazyRouteComponent(() => import('./pages/batches-page.tsx'), 'BatchesPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/batches/$id',
      component: lazyRouteComponent(() => import('./pages/batch-page.tsx'), 'BatchPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/special-jobs',
      loader: () => loadTexts('jobs'),
      component: lazyRouteComponent(() => import('./pages/special-jobs-page.tsx'), 'SpecialJobsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/special-jobs/$id',
      loader: () => loadTexts('jobs'),
      component: lazyRouteComponent(() => import('./pages/special-job-page.tsx'), 'SpecialJobPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/goods-in',
      loader: () => loadTexts('deliveries'),
      component: lazyRouteComponent(() => import('./pages/deliveries-page.tsx'), 'DeliveriesPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/goods-in/announce',
      loader: () => loadTexts('deliveries'),
      component: lazyRouteComponent(() => import('./pages/announce-delivery-page.tsx'), 'AnnounceDeliveryPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/goods-in/import',
      component: lazyRouteComponent(() => import('./pages/import-deliveries-page.tsx'), 'ImportDeliveriesPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/goods-in/$id',
      loader: () => loadTexts('deliveries'),
      component: lazyRouteComponent(() => import('./pages/delivery-page.tsx'), 'DeliveryPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/invoices',
      loader: () => loadTexts('dunning'),
      component: lazyRouteComponent(() => import('./pages/invoices-page.tsx'), 'InvoicesPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/invoices/$id',
      loader: () => loadTexts('disputes'),
      component: lazyRouteComponent(() => import('./pages/invoice-page.tsx'), 'InvoicePage'),
    }),
    createRoute({
      getParentRoute,
      path: '/account',
      component: lazyRouteComponent(() => import('./pages/account-page.tsx'), 'AccountPage'),
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
      path: '/messages',
      component: lazyRouteComponent(() => import('./pages/messages-page.tsx'), 'MessagesPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/messages/$id',
      component: lazyRouteComponent(() => import('./pages/message-page.tsx'), 'MessagePage'),
    }),
    createRoute({
      getParentRoute,
      path: '/settings',
      component: lazyRouteComponent(() => import('./pages/settings-page.tsx'), 'SettingsPage'),
    }),
  ]),
] as const;
