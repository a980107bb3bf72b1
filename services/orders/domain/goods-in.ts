import { InvalidInput, RuleViolation, type FieldError } from '../../../shared/kernel/errors.ts';
import type { GoodsInState, PutAway } from '../../../shared/protocol/orders/goods-in.ts';

/** One article of a delivery. */
export interface GoodsInLine {
  id: string;
  sku: string;
  name: string;
  /** 0 for an article nobody announced. */
  expectedQuantity: number;
  /** `null` until it is counted. */
  receivedQuantity: number | null;
  /** Of the pieces received. */
  damagedQuantity: number;
  putAway: PutAway[];
}

/** What somebody counted of one article. */
export interface Count {
  sku: string;
  name?: string | undefined;
  receivedQuantity: number;
  damagedQuantity: number;
  putAway: PutAway[];
}

const NEXT: Record<GoodsInState, readonly GoodsInState[]> = {
  announced: ['received', 'cancelled'],
  received: ['closed'],
  // to be corrected, as a new revision
  closed: ['received'],
  cancelled: [],
};

/** @throws RuleViolation `GOODS_IN_TRANSITION_NOT_ALLOWED` */
export function assertGoesTo(from: GoodsInState, to: GoodsInState): void {
  if (!NEXT[from].includes(to))
    throw new RuleViolation('GOODS_IN_TRANSITION_NOT_ALLOWED', `A delivery cannot go from ${from} to ${to}`, {
      from,
      to,
    });
}

/**
 * What is announced may change until it arrives, and counts until it is closed.
 * @throws RuleViolation `GOODS_IN_STATE`
 */
export function assertState(state: GoodsInState, wanted: GoodsInState): void {
  if (state !== wanted)
    throw new RuleViolation('GOODS_IN_STATE', `This delivery is ${state}, not ${wanted}`, { state, wanted });
}

/** @throws InvalidInput when an article stands in several lines */
export function assertEachOnce(lines: readonly { sku: string }[]): void {
  const seen = new Set<string>();
  const twice = lines.flatMap(({ sku }, index): FieldError[] => {
    const known = seen.has(sku);
    seen.add(sku);
    return known
      ? [{ path: `lines.${index}.sku`, code: 'NAMED_TWICE', message: 'This article stands in another line' }]
      : [];
  });
  if (twice.length) throw new InvalidInput(twice);
}

/**
 * More cannot be damaged than came, and damaged pieces are not put away.
 * @throws InvalidInput with the path of each field
 */
export function assertCounts(counts: readonly Count[]): void {
  assertEachOnce(counts);
  const faults = counts.flatMap(({ receivedQuantity, damagedQuantity, putAway }, index): FieldError[] => {
    const path = (field: string) => `lines.${index}.${field}`;
    if (damagedQuantity > receivedQuantity)
      return [{ path: path('damagedQuantity'), code: 'MORE_THAN_RECEIVED', message: 'More than were received' }];
    const placed = putAway.reduce((sum, { quantity }) => sum + quantity, 0);
    return placed > receivedQuantity - damagedQuantity
      ? [{ path: path('putAway'), code: 'MORE_THAN_SELLABLE', message: 'More than was received undamaged' }]
      : [];
  });
  if (faults.length) throw new InvalidInput(faults);
}

/**
 * @returns the lines with their counts, of which none is missing
 * @throws RuleViolation `GOODS_IN_NOT_COUNTED` with the articles that lack their count
 */
export function countedLines(lines: readonly GoodsInLine[]): (GoodsInLine & { receivedQuantity: number })[] {
  const missing = lines.filter(({ receivedQuantity }) => receivedQuantity === null).map(({ sku }) => sku);
  if (missing.length || !lines.length)
    throw new RuleViolation('GOODS_IN_NOT_COUNTED', 'Every article has to be counted, at least one', {
      skus: missing.slice(0, 100),
    });
  return lines.map((line) => ({ ...line, receivedQuantity: line.receivedQuantity! }));
}

/** Pieces over all lines; what is short of one article is no surplus of another. */
export function piecesOf(
  lines: readonly Pick<GoodsInLine, 'expectedQuantity' | 'receivedQuantity' | 'damagedQuantity'>[],
) {
  const sum = { expectedPieces: 0, receivedPieces: 0, damagedPieces: 0, shortPieces: 0, surplusPieces: 0 };
  for (const { expectedQuantity, receivedQuantity, damagedQuantity } of lines) {
    sum.expectedPieces += expectedQuantity;
    if (receivedQuantity === null) continue;
    sum.receivedPieces += receivedQuantity;
    sum.damagedPieces += damagedQuantity;
    sum.shortPieces += Math.max(0, expectedQuantity - receivedQuantity);
    sum.surplusPieces += Math.max(0, receivedQuantity - expectedQuantity);
  }
  return sum;
}
