import { useEffect, useState } from 'react';
import { warehouseNav } from '../../warehouse/nav.ts';
import type { Desk } from '../session/desks.ts';
import type { Entry } from './desk-shell.tsx';

/** The first load is the warehouse's: the places of other desks, with their icons, come with their pages. */
const NAV: Record<Exclude<Desk, 'warehouse'>, () => Promise<readonly Entry[]>> = {
  merchant: () => import('../../merchant/nav.ts').then(({ merchantNav }) => merchantNav),
  finance: () => import('../../finance/nav.ts').then(({ financeNav }) => financeNav),
  admin: () => import('../../admin/nav.ts').then(({ adminNav }) => adminNav),
};

/** The places of a desk; none for the moment until they have come. */
export function useNavEntries(desk: Desk): readonly Entry[] {
  const [loaded, setLoaded] = useState<{ desk: Desk; entries: readonly Entry[] }>();
  useEffect(() => {
    if (desk === 'warehouse') return;
    let wanted = true;
    void NAV[desk]().then((entries) => wanted && setLoaded({ desk, entries }));
    return () => void (wanted = false);
  }, [desk]);
  if (desk === 'warehouse') return warehouseNav;
  return loaded?.desk === desk ? loaded.entries : [];
}
