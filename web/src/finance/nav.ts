import { IconBuildingWarehouse, IconCalendarDollar, IconFileInvoice, IconReceipt } from '@tabler/icons-react';
import type { NavItem } from '../app/shell/nav.ts';

export const financeNav: NavItem<'finance'>[] = [
  { to: '/finance', label: 'nav.runs', icon: IconCalendarDollar, exact: true },
  { to: '/finance/charges', label: 'nav.charges', icon: IconReceipt },
  { to: '/finance/invoices', label: 'nav.invoices', icon: IconFileInvoice },
  { to: '/finance/storage', label: 'nav.storage', icon: IconBuildingWarehouse },
];
