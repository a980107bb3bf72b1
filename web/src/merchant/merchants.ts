import { useLocalStorage } from '@mantine/hooks';
import { createContext, useContext } from 'react';
import type { ItemOf } from '../app/api/contract.ts';
import { useApiAll } from '../app/api/queries.ts';
import { hasRole } from '../app/session/desks.ts';
import { useUser } from '../app/session/session.ts';

export type Merchant = ItemOf<'GET /merchants'>;

/** For which merchant the desk is; the frame says it. */
export const MerchantContext = createContext<Merchant | undefined>(undefined);

/** The merchant whose desk this is. */
export function useMerchant(): Merchant {
  const merchant = useContext(MerchantContext);
  if (!merchant) throw new Error('This page is no part of the desk of a merchant');
  return merchant;
}

/** Whether whoever is logged in may decide, announce and dispute, or only look. */
export const useMayDecide = (): boolean => hasRole(useUser(), 'merchantDecider', 'admin');

/** The merchants somebody may act for, and the one chosen on this device; the first without a choice. */
export function useMerchants() {
  const [chosenId, choose] = useLocalStorage<string | null>({ key: 'kontor.merchant', defaultValue: null });
  const { data: merchants, error, refetch } = useApiAll('GET /merchants', {}, { staleTimeMs: 300_000 });
  const chosen = merchants?.find(({ id }) => id === chosenId) ?? merchants?.[0];
  return { merchants, chosen, choose, error, refetch };
}
