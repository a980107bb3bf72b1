import { IconPackage, IconScan } from '@tabler/icons-react';
import type { NavItem } from '../app/shell/nav.ts';

export const warehouseNav: NavItem<'warehouse'>[] = [
  { to: '/warehouse', label: 'nav.home', icon: IconScan, exact: true },
  { to: '/warehouse/returns', label: 'nav.returns', icon: IconPackage },
];
