import type { ReturnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';

export type BatchLimits = Partial<ReturnPolicy['batch']>;

/** Whether a policy closes batches by what is in them (C5). */
export const hasBatchLimits = ({ batch }: Pick<ReturnPolicy, 'batch'>): boolean =>
  Object.values(batch).some((limit) => limit !== null);

/** What lies in a batch. Pieces of an article without weight or size count as unknown, never as nothing. */
export interface BatchTotals {
  pieces: number;
  weightKnownGrams: number;
  piecesWithoutWeight: number;
  volumeCm3: number;
  piecesWithoutVolume: number;
}

/** One line of a batch, as far as its size goes; grams and cubic millimetres of one piece. */
export interface Sized {
  quantity: number;
  pieceGrams: number | null;
  pieceMm3: number | null;
}

/** Sums of a batch; its volume rounded up to whole cubic centimetres once. */
export function totalsOf(items: readonly Sized[]): BatchTotals {
  const sum = (of: (item: Sized) => number) => items.reduce((total, item) => total + of(item), 0);
  return {
    pieces: sum(({ quantity }) => quantity),
    weightKnownGrams: sum(({ quantity, pieceGrams }) => quantity * (pieceGrams ?? 0)),
    piecesWithoutWeight: sum(({ quantity, pieceGrams }) => (pieceGrams === null ? quantity : 0)),
    volumeCm3: Math.ceil(sum(({ quantity, pieceMm3 }) => quantity * (pieceMm3 ?? 0)) / 1_000),
    piecesWithoutVolume: sum(({ quantity, pieceMm3 }) => (pieceMm3 === null ? quantity : 0)),
  };
}

/**
 * Which limit of the merchant's policy a batch has reached, if any (C5). The item that reaches it still belongs to
 * the batch.
 */
export function reachedLimit(totals: BatchTotals, limits: BatchLimits): 'pieces' | 'weight' | 'volume' | undefined {
  const reached = (value: number, limit: number | null | undefined) => typeof limit === 'number' && value >= limit;
  if (reached(totals.pieces, limits.maxPieces)) return 'pieces';
  if (reached(totals.weightKnownGrams, limits.maxWeightGrams)) return 'weight';
  if (reached(totals.volumeCm3, limits.maxVolumeCm3)) return 'volume';
  return undefined;
}
