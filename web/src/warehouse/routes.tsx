import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { warehouseRoute } from '../app/desk-roots.tsx';
import { loadTexts } from '../app/i18n/texts.ts';

/** What the pages share: the outbox is open before the first of them is drawn. */
const frame = createRoute({
  getParentRoute: () => warehouseRoute,
  id: 'desk',
  loader: async () => (await import('./use-desk.ts')).prepareDesk(),
  component: lazyRouteComponent(() => import('./frame.tsx'), 'Frame'),
});
const getParentRoute = () => frame;

/** Pages of the desk. A page is a file of its own that is fetched when it is opened; nothing else is imported here. */
export const warehouseRoutes = [
  frame.addChildren([
    createRoute({
      getParentRoute,
      path: '/',
      validateSearch: ({ code }: Record<string, unknown>): { code?: string } =>
        typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {},
      component: lazyRouteComponent(() => import('./pages/home-page.tsx'), 'HomePage'),
    }),
    createRoute({
      getParentRoute,
      path: '/returns',
      component: lazyRouteComponent(() => import('./pages/returns-page.tsx'), 'ReturnsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/returns/$id',
      component: lazyRouteComponent(() => import('./pages/return-page.tsx'), 'ReturnPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/returns/$id/match',
      component: lazyRouteComponent(() => import('./pages/match-page.tsx'), 'MatchPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/returns/$id/split',
      component: lazyRouteComponent(() => import('./pages/split-page.tsx'), 'SplitPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/special-jobs',
      loader: () => loadTexts('jobs', 'records'),
      component: lazyRouteComponent(() => import('./pages/special-jobs-page.tsx'), 'SpecialJobsPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/special-jobs/$id',
      loader: () => loadTexts('jobs', 'records'),
      component: lazyRouteComponent(() => import('./pages/special-job-page.tsx'), 'SpecialJobPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/waiting',
      component: lazyRouteComponent(() => import('./pages/waiting-page.tsx'), 'WaitingPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/goods-in',
      loader: () => loadTexts('deliveries'),
      component: lazyRouteComponent(() => import('./pages/deliveries-page.tsx'), 'DeliveriesPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/goods-in/$id',
      loader: () => loadTexts('deliveries'),
      component: lazyRouteComponent(() => import('./pages/delivery-page.tsx'), 'DeliveryPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/batches',
      component: lazyRouteComponent(() => import('./pages/batches-page.tsx'), 'BatchesPage'),
    }),
    createRoute({
      getParentRoute,
      path: '/batches/$id',
      loader: () => loadTexts('records'),
      component: lazyRouteComponent(() => import('./pages/batch-page.tsx'), 'BatchPage'),
    }),
  ]),
] as const;
