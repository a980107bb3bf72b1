import { createRootRoute, createRoute, redirect } from '@tanstack/react-router';
import { loadTexts } from './i18n/texts.ts';
import type { Desk } from './session/desks.ts';
import { RequireSession } from './session/require-session.tsx';
import { currentSession } from './session/session.ts';
import { DeskShell } from './shell/desk-shell.tsx';
import { NotFoundPage } from './shell/message-page.tsx';

/** The routes that the pages hang on; each desk adds its own in its `routes.tsx`. */
export const rootRoute = createRootRoute({ notFoundComponent: NotFoundPage });

/** Everything below it needs a session. */
export const sessionRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'session',
  beforeLoad: ({ location }): void => {
    const session = currentSession();
    if (session.status !== 'out') return;
    throw redirect({ to: '/login', search: session.byChoice ? {} : { next: location.href }, replace: true });
  },
  component: RequireSession,
});

/** Pages that are opened by a link, without a log-in. */
export const publicRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'public',
  loader: () => loadTexts('public', 'records'),
});

export const warehouseRoute = createRoute({
  getParentRoute: () => sessionRoute,
  path: '/warehouse',
  loader: () => loadTexts('warehouse'),
  component: shellOf('warehouse'),
  notFoundComponent: NotFoundPage,
});
export const merchantRoute = createRoute({
  getParentRoute: () => sessionRoute,
  path: '/merchant',
  loader: () => loadTexts('merchant', 'records'),
  component: shellOf('merchant'),
  notFoundComponent: NotFoundPage,
});
export const financeRoute = createRoute({
  getParentRoute: () => sessionRoute,
  path: '/finance',
  loader: () => loadTexts('finance', 'records'),
  component: shellOf('finance'),
  notFoundComponent: NotFoundPage,
});
export const adminRoute = createRoute({
  getParentRoute: () => sessionRoute,
  path: '/admin',
  loader: () => loadTexts('admin', 'records'),
  component: shellOf('admin'),
  notFoundComponent: NotFoundPage,
});

function shellOf(desk: Desk) {
  return function Shell() {
    return <DeskShell desk={desk} />;
  };
}
