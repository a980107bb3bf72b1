import type { Output } from '../../app/api/contract.ts';
import { queryClient, useApi } from '../../app/api/queries.ts';

/** Whose list it is; the house without a merchant. */
export interface Owner {
  merchantId?: string;
}
export type Aids = Exclude<Output<'GET /return-settings'>, { merchants: unknown }>;

/** What workers have in hand now for the goods of a merchant, or of all who have nothing of their own. */
export function useAids(owner: Owner): { inEffect: Aids | undefined; reasons: Aids['reasons'] } {
  const { data } = useApi('GET /return-settings', owner);
  const inEffect = data && ('house' in data ? data.house : data);
  return { inEffect, reasons: inEffect?.reasons ?? [] };
}

/** What was stored is in effect at once. */
export const forgetAids = (): Promise<void> =>
  queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'GET /return-settings' });
