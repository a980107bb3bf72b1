import { IconSun } from '@tabler/icons-react';
import type { NavItem } from '../app/shell/nav.ts';

export const merchantNav: NavItem<'merchant'>[] = [{ to: '/merchant', label: 'nav.today', icon: IconSun, exact: true }];
