import { loadTexts } from '../app/i18n/texts.ts';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { financeRoute } from '../app/desk-roots.tsx';
import { dunningRoutes } from './dunning-routes.tsx';

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
    path: '/preview/$cutoff',
    component: lazyRouteComponent(() => import('./pages/preview-page.tsx'), 'PreviewPage'),
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
    path: '/rate-cards',
    component: lazyRouteComponent(() => import('./pages/rate-cards-page.tsx'), 'RateCardsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/rate-cards/new',
    component: lazyRouteComponent(() => import('./pages/new-rate-card-page.tsx'), 'NewRateCardPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/rate-cards/$id',
    component: lazyRouteComponent(() => import('./pages/rate-card-page.tsx'), 'RateCardPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/rate-cards/$id/new',
    component: lazyRouteComponent(() => import('./pages/new-version-page.tsx'), 'NewVersionPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/invoices',
    component: lazyRouteComponent(() => import('./pages/invoices-page.tsx'), 'InvoicesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/invoices/$id',
    loader: () => loadTexts('payments', 'disputes', 'dunning'),
    component: lazyRouteComponent(() => import('./pages/invoice-page.tsx'), 'InvoicePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/open-items',
    loader: () => loadTexts('payments'),
    component: lazyRouteComponent(() => import('./pages/open-items-page.tsx'), 'OpenItemsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/payments',
    loader: () => loadTexts('payments'),
    component: lazyRouteComponent(() => import('./pages/payments-page.tsx'), 'PaymentsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/payments/$id',
    loader: () => loadTexts('payments'),
    component: lazyRouteComponent(() => import('./pages/payment-page.tsx'), 'PaymentPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/bank',
    loader: () => loadTexts('payments'),
    component: lazyRouteComponent(() => import('./pages/bank-page.tsx'), 'BankPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/exports',
    loader: () => loadTexts('exports'),
    component: lazyRouteComponent(() => import('./pages/exports-page.tsx'), 'ExportsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/exports/settings',
    loader: () => loadTexts('exports'),
    component: lazyRouteComponent(() => import('./pages/accounting-settings-page.tsx'), 'AccountingSettingsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/exports/$id',
    loader: () => loadTexts('exports'),
    component: lazyRouteComponent(() => import('./pages/export-page.tsx'), 'ExportPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/storage',
    component: lazyRouteComponent(() => import('./pages/storage-page.tsx'), 'StoragePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/accounts',
    component: lazyRouteComponent(() => import('./pages/accounts-page.tsx'), 'AccountsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/accounts/$id',
    loader: () => loadTexts('dunning', 'payments'),
    component: lazyRouteComponent(() => import('./pages/account-page.tsx'), 'AccountPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/rate-cards/import',
    component: lazyRouteComponent(() => import('./pages/import-rate-card-page.tsx'), 'ImportRateCardPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/disputes',
    component: lazyRouteComponent(() => import('./pages/disputes-page.tsx'), 'DisputesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/disputes/$id',
    component: lazyRouteComponent(() => import('./pages/dispute-page.tsx'), 'DisputePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/line-disputes',
    loader: () => loadTexts('disputes'),
    component: lazyRouteComponent(() => import('./pages/line-disputes-page.tsx'), 'LineDisputesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/line-disputes/$id',
    loader: () => loadTexts('disputes'),
    component: lazyRouteComponent(() => import('./pages/line-dispute-page.tsx'), 'LineDisputePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/stock',
    component: lazyRouteComponent(() => import('./pages/stock-page.tsx'), 'StockPage'),
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
    path: '/shipments',
    loader: () => loadTexts('shipments'),
    component: lazyRouteComponent(() => import('../shared/shipments/shipments-page.tsx'), 'ShipmentsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/carrier-invoices',
    loader: () => loadTexts('carriers'),
    component: lazyRouteComponent(() => import('./pages/carrier-invoices-page.tsx'), 'CarrierInvoicesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/self-check',
    loader: () => loadTexts('checks'),
    component: lazyRouteComponent(() => import('../shared/self-check/self-check-page.tsx'), 'SelfCheckPage'),
  }),
  ...dunningRoutes,
  createRoute({
    getParentRoute,
    path: '/settings',
    component: lazyRouteComponent(() => import('./pages/settings-page.tsx'), 'SettingsPage'),
  }),
] as const;
