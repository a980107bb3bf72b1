import {
  IconBoxSeam,
  IconBuildingWarehouse,
  IconCalendarDollar,
  IconChartBar,
  IconFileInvoice,
  IconMessageReport,
  IconPackageExport,
  IconReceipt,
  IconSettings,
  IconShieldCheck,
  IconTags,
  IconTool,
  IconTruckDelivery,
} from '@tabler/icons-react';
import type { NavItem } from '../app/shell/nav.ts';

export const financeNav: NavItem<'finance'>[] = [
  { to: '/finance', label: 'nav.runs', icon: IconCalendarDollar, exact: true },
  { to: '/finance/charges', label: 'nav.charges', icon: IconReceipt },
  { to: '/finance/accounts', label: 'nav.accounts', icon: IconChartBar },
  { to: '/finance/invoices', label: 'nav.invoices', icon: IconFileInvoice },
  { to: '/finance/rate-cards', label: 'nav.rateCards', icon: IconTags },
  { to: '/finance/storage', label: 'nav.storage', icon: IconBuildingWarehouse },
  { to: '/finance/special-jobs', label: 'nav.specialJobs', icon: IconTool },
  { to: '/finance/shipments', label: 'nav.shipments', icon: IconPackageExport },
  { to: '/finance/carrier-invoices', label: 'nav.carrierInvoices', icon: IconTruckDelivery },
  { to: '/finance/line-disputes', label: 'nav.lineDisputes', icon: IconMessageReport },
  { to: '/finance/disputes', label: 'nav.disputes', icon: IconBoxSeam },
  { to: '/finance/self-check', label: 'nav.selfCheck', icon: IconShieldCheck },
  { to: '/finance/settings', label: 'nav.settings', icon: IconSettings },
];
