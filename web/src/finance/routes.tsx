import { loadTexts } from '../app/i18n/texts.ts';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { financeRoute } from '../app/desk-roots.tsx';
import { dunningRoutes } from './dunning-routes.tsx';

const pages = () => import('./pages.ts');
const getParentRoute = () => financeRoute;

/** Pages of the desk, fetched when the first of them is opened; nothing else is imported here. */
export const financeRoutes = [
  createRoute({
    getParentRoute,
    path: '/',
    component: lazyRouteComponent(pages, 'RunsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/runs/$id',
    component: lazyRouteComponent(pages, 'RunPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/runs/$id/$merchantId',
    component: lazyRouteComponent(pages, 'RunRowPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/preview/$cutoff',
    component: lazyRouteComponent(pages, 'PreviewPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/charges',
    component: lazyRouteComponent(pages, 'ChargesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/charges/$id',
    component: lazyRouteComponent(pages, 'ChargePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/rate-cards',
    component: lazyRouteComponent(pages, 'RateCardsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/rate-cards/new',
    component: lazyRouteComponent(pages, 'NewRateCardPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/rate-cards/$id',
    component: lazyRouteComponent(pages, 'RateCardPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/rate-cards/$id/new',
    component: lazyRouteComponent(pages, 'NewVersionPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/invoices',
    component: lazyRouteComponent(pages, 'InvoicesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/invoices/$id',
    loader: () => loadTexts('payments', 'disputes', 'dunning'),
    component: lazyRouteComponent(pages, 'InvoicePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/open-items',
    loader: () => loadTexts('payments'),
    component: lazyRouteComponent(pages, 'OpenItemsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/payments',
    loader: () => loadTexts('payments'),
    component: lazyRouteComponent(pages, 'PaymentsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/payments/$id',
    loader: () => loadTexts('payments'),
    component: lazyRouteComponent(pages, 'PaymentPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/bank',
    loader: () => loadTexts('payments'),
    component: lazyRouteComponent(pages, 'BankPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/exports',
    loader: () => loadTexts('exports'),
    component: lazyRouteComponent(pages, 'ExportsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/exports/settings',
    loader: () => loadTexts('exports'),
    component: lazyRouteComponent(pages, 'AccountingSettingsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/exports/$id',
    loader: () => loadTexts('exports'),
    component: lazyRouteComponent(pages, 'ExportPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/storage',
    component: lazyRouteComponent(pages, 'StoragePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/accounts',
    component: lazyRouteComponent(pages, 'AccountsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/accounts/$id',
    // has the record of the merchant, in the words of the administration
    loader: () => loadTexts('dunning', 'payments', 'admin'),
    component: lazyRouteComponent(pages, 'AccountPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/rate-cards/import',
    component: lazyRouteComponent(pages, 'ImportRateCardPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/disputes',
    component: lazyRouteComponent(pages, 'DisputesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/disputes/$id',
    component: lazyRouteComponent(pages, 'DisputePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/line-disputes',
    loader: () => loadTexts('disputes'),
    component: lazyRouteComponent(pages, 'LineDisputesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/line-disputes/$id',
    loader: () => loadTexts('disputes'),
    component: lazyRouteComponent(pages, 'LineDisputePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/stock',
    component: lazyRouteComponent(pages, 'StockPage'),
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
    path: '/shipments',
    loader: () => loadTexts('shipments'),
    component: lazyRouteComponent(pages, 'ShipmentsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/carrier-invoices',
    loader: () => loadTexts('carriers'),
    component: lazyRouteComponent(pages, 'CarrierInvoicesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/self-check',
    loader: () => loadTexts('checks'),
    component: lazyRouteComponent(pages, 'SelfCheckPage'),
  }),
  ...dunningRoutes,
  createRoute({
    getParentRoute,
    path: '/settings',
    component: lazyRouteComponent(pages, 'SettingsPage'),
  }),
] as const;
