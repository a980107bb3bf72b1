import type { Input, Output } from '../../app/api/contract.ts';

type Batch = Output<'GET /rtv-batches/{id}'>;
type Item = Batch['items'][number];
export type Outcome = Input<'POST /rtv-batches/{id}/resolve'>['resolutions'][number]['outcome'];

export interface Claim {
  dispute: Batch['disputes'][number];
  /** Missing when it was taken out of the contents since. */
  item: Item | undefined;
  /** Whether the batch is resolved with it. */
  isLast: boolean;
}

/** The disputes of a batch with what they are about: open ones first, each group from the oldest on. */
export function claimsOf({ disputes, items }: Pick<Batch, 'disputes' | 'items'>): Claim[] {
  const open = disputes.filter(({ outcome }) => outcome === null);
  return disputes
    .toSorted((a, b) => Number(a.outcome !== null) - Number(b.outcome !== null) || a.openedAt.localeCompare(b.openedAt))
    .map((dispute) => ({
      dispute,
      item: items.find(({ itemId }) => itemId === dispute.itemId),
      isLast: open.length === 1 && open[0] === dispute,
    }));
}

/** What the API is told; `undefined` until an outcome is chosen and the merchant has an answer. */
export function settlementOf(
  disputeId: string,
  { outcome, note }: { outcome: Outcome | null; note: string },
): Omit<Input<'POST /rtv-batches/{id}/resolve'>, 'id'> | undefined {
  if (outcome === null || !note.trim()) return undefined;
  return { resolutions: [{ disputeId, outcome, note: note.trim() }] };
}
