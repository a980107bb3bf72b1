import { IconCloudUpload, IconForklift, IconPackage, IconScan, IconTool, IconTruckReturn } from '@tabler/icons-react';
import type { NavItem } from '../app/shell/nav.ts';

export const warehouseNav: NavItem<'warehouse'>[] = [
  { to: '/warehouse', label: 'nav.home', icon: IconScan, exact: true },
  { to: '/warehouse/returns', label: 'nav.returns', icon: IconPackage },
  { to: '/warehouse/batches', label: 'nav.batches', icon: IconTruckReturn },
  { to: '/warehouse/goods-in', label: 'nav.goodsIn', icon: IconForklift },
  { to: '/warehouse/special-jobs', label: 'nav.specialJobs', icon: IconTool },
  { to: '/warehouse/waiting', label: 'nav.waiting', icon: IconCloudUpload },
];
