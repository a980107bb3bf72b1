import {
  IconApi,
  IconBuildingStore,
  IconChecklist,
  IconFileImport,
  IconHistory,
  IconMail,
  IconMailCog,
  IconMoodEmpty,
  IconPackageExport,
  IconPackages,
  IconShieldCheck,
  IconTags,
  IconTool,
  IconUsers,
} from '@tabler/icons-react';
import type { NavItem } from '../app/shell/nav.ts';

export const adminNav: NavItem<'admin'>[] = [
  { to: '/admin/merchants', label: 'nav.merchants', icon: IconBuildingStore, roles: ['admin'] },
  { to: '/admin/aids', label: 'nav.aids', icon: IconChecklist },
  { to: '/admin/templates', label: 'nav.templates', icon: IconMailCog, roles: ['admin'] },
  { to: '/admin/articles', label: 'nav.articles', icon: IconTags },
  { to: '/admin/special-jobs', label: 'nav.jobCatalogue', icon: IconTool },
  { to: '/admin/shipments', label: 'nav.shipments', icon: IconPackageExport },
  { to: '/admin/packagings', label: 'nav.packagings', icon: IconPackages },
  { to: '/admin/users', label: 'nav.users', icon: IconUsers, roles: ['admin'] },
  { to: '/admin/imports', label: 'nav.imports', icon: IconFileImport },
  { to: '/admin/audit', label: 'nav.audit', icon: IconHistory, roles: ['admin'] },
  { to: '/admin/dead-events', label: 'nav.dead', icon: IconMoodEmpty, roles: ['admin'] },
  { to: '/admin/self-check', label: 'nav.selfCheck', icon: IconShieldCheck, roles: ['admin'] },
  { to: '/mail', label: 'nav.mails', icon: IconMail, roles: ['admin'], outside: true },
  { to: '/docs', label: 'nav.reference', icon: IconApi, outside: true },
];
