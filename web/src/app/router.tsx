import {
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  parseSearchWith,
  redirect,
  stringifySearchWith,
} from '@tanstack/react-router';
import { adminRoutes } from '../admin/routes.tsx';
import { financeRoutes } from '../finance/routes.tsx';
import { merchantRoutes } from '../merchant/routes.tsx';
import { publicRoutes } from '../public/routes.tsx';
import { warehouseRoutes } from '../warehouse/routes.tsx';
import {
  adminRoute,
  financeRoute,
  merchantRoute,
  publicRoute,
  rootRoute,
  sessionRoute,
  warehouseRoute,
} from './desk-roots.tsx';
import { homeOf } from './session/desks.ts';
import { searchValue } from './search-params.ts';
import { currentSession, useUser } from './session/session.ts';
import { NotFoundPage } from './shell/message-page.tsx';
import { RouteError, RoutePending } from './shell/route-states.tsx';

const start = createRoute({
  getParentRoute: () => sessionRoute,
  path: '/',
  component: Start,
});
const account = createRoute({
  getParentRoute: () => sessionRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('./shell/no-desk-page.tsx'), 'NoDeskPage'),
});
const login = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: ({ next }: Record<string, unknown>): { next?: string } => (isOwnPath(next) ? { next } : {}),
  beforeLoad: ({ search }) => {
    const { user } = currentSession();
    if (user) throw redirect({ href: search.next ?? homeOf(user) });
  },
  component: lazyRouteComponent(() => import('./session/login-page.tsx'), 'LoginPage'),
});

const tree = rootRoute.addChildren([
  sessionRoute.addChildren([
    start,
    account,
    warehouseRoute.addChildren(warehouseRoutes),
    merchantRoute.addChildren(merchantRoutes),
    financeRoute.addChildren(financeRoutes),
    adminRoute.addChildren(adminRoutes),
  ]),
  login,
  publicRoute.addChildren(publicRoutes),
]);

export const router = createRouter({
  routeTree: tree,
  parseSearch: parseSearchWith(searchValue),
  stringifySearch: stringifySearchWith(JSON.stringify, searchValue),
  // what somebody typed on the page of one record is not meant for the next one
  defaultRemountDeps: ({ params }) => params,
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  // what is there is shown: by itself the router would hold it back for half a second
  defaultPendingMinMs: 0,
  defaultPendingComponent: RoutePending,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/** A way back into this app and nowhere else. */
const isOwnPath = (next: unknown): next is string =>
  typeof next === 'string' && next.startsWith('/') && URL.parse(next, location.origin)?.origin === location.origin;

function Start() {
  return <Navigate to={homeOf(useUser())} replace />;
}
