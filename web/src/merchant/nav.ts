import {
  IconBoxSeam,
  IconChartBar,
  IconFileInvoice,
  IconForklift,
  IconGavel,
  IconMail,
  IconPackages,
  IconSettings,
  IconSun,
  IconTags,
  IconTool,
} from '@tabler/icons-react';
import type { NavItem } from '../app/shell/nav.ts';

export const merchantNav: NavItem<'merchant'>[] = [
  { to: '/merchant', label: 'nav.today', icon: IconSun, exact: true },
  { to: '/merchant/decisions', label: 'nav.decisions', icon: IconGavel },
  { to: '/merchant/returns', label: 'nav.returns', icon: IconPackages },
  { to: '/merchant/batches', label: 'nav.batches', icon: IconBoxSeam },
  { to: '/merchant/goods-in', label: 'nav.goodsIn', icon: IconForklift },
  { to: '/merchant/special-jobs', label: 'nav.specialJobs', icon: IconTool },
  { to: '/merchant/invoices', label: 'nav.invoices', icon: IconFileInvoice },
  { to: '/merchant/account', label: 'nav.account', icon: IconChartBar },
  { to: '/merchant/articles', label: 'nav.articles', icon: IconTags },
  { to: '/merchant/messages', label: 'nav.messages', icon: IconMail },
  { to: '/merchant/settings', label: 'nav.settings', icon: IconSettings },
];
