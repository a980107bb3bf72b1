import type { Filters } from '../../app/api/contract.ts';

export const BATCH_STATES = ['open', 'closing', 'packed', 'dispatched', 'disputed'] as const;

type BatchFilters = Filters<'GET /rtv-batches'> & { state: (typeof BATCH_STATES)[number] };

/** What the address asks for; the open boxes of all merchants when it says nothing that there is. */
export const batchFilters = ({ state, merchantId }: { state?: string; merchantId?: string }): BatchFilters => ({
  state: BATCH_STATES.find((one) => one === state) ?? 'open',
  sort: 'createdAt',
  ...(merchantId ? { merchantId } : {}),
});
