import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { financeRoute } from '../app/desk-roots.tsx';
import { loadTexts } from '../app/i18n/texts.ts';

const getParentRoute = () => financeRoute;

/** Pages of direct debits and dunning. */
export const dunningRoutes = [
  createRoute({
    getParentRoute,
    path: '/direct-debits',
    loader: () => loadTexts('dunning', 'payments'),
    component: lazyRouteComponent(() => import('./pages/direct-debits-page.tsx'), 'DirectDebitsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/direct-debits/$id',
    loader: () => loadTexts('dunning', 'payments'),
    component: lazyRouteComponent(() => import('./pages/collection-page.tsx'), 'CollectionPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/mandates/$id',
    loader: () => loadTexts('dunning', 'payments'),
    component: lazyRouteComponent(() => import('./pages/mandate-page.tsx'), 'MandatePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dunning',
    loader: () => loadTexts('dunning', 'payments'),
    component: lazyRouteComponent(() => import('./pages/dunning-page.tsx'), 'DunningPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dunning/$id',
    loader: () => loadTexts('dunning', 'payments'),
    component: lazyRouteComponent(() => import('./pages/dunning-run-page.tsx'), 'DunningRunPage'),
  }),
] as const;
