import { IconApi, IconBuildingStore, IconMail, IconUsers } from '@tabler/icons-react';
import type { NavItem } from '../app/shell/nav.ts';

export const adminNav: NavItem<'admin'>[] = [
  { to: '/admin/merchants', label: 'nav.merchants', icon: IconBuildingStore },
  { to: '/admin', label: 'nav.users', icon: IconUsers, exact: true },
  { to: '/mail', label: 'nav.mails', icon: IconMail, outside: true },
  { to: '/docs', label: 'nav.reference', icon: IconApi, outside: true },
];
