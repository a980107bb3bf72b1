import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { financeRoute } from '../app/desk-roots.tsx';
import { loadTexts } from '../app/i18n/texts.ts';

const pages = () => import('./pages.ts');
const getParentRoute = () => financeRoute;

/** Pages of direct debits and dunning. */
export const dunningRoutes = [
  createRoute({
    getParentRoute,
    path: '/direct-debits',
    loader: () => loadTexts('dunning', 'payments'),
    component: lazyRouteComponent(pages, 'DirectDebitsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/direct-debits/$id',
    loader: () => loadTexts('dunning', 'payments'),
    component: lazyRouteComponent(pages, 'CollectionPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/mandates/$id',
    loader: () => loadTexts('dunning', 'payments'),
    component: lazyRouteComponent(pages, 'MandatePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dunning',
    loader: () => loadTexts('dunning', 'payments'),
    component: lazyRouteComponent(pages, 'DunningPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dunning/$id',
    loader: () => loadTexts('dunning', 'payments'),
    component: lazyRouteComponent(pages, 'DunningRunPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/dunning-letters/$id',
    loader: () => loadTexts('dunning', 'payments'),
    component: lazyRouteComponent(pages, 'DunningLetterPage'),
  }),
] as const;
