import type { AllocationGroup } from '../invoices/invoice-draft.ts';
import type { Stream } from '../runs/periods.ts';
import { adjustmentLines, type AdjustmentBasis, type BilledAdjustments } from './adjustment-lines.ts';
import type { AppliedAdjustment } from './applied-adjustments.ts';

/** Surcharges and discounts of documents that share the room under a monthly maximum. */
export interface Sharing {
  lines: AllocationGroup[];
  /** Whether the maximum holds when the documents of these streams are issued and the others are carried over. */
  holds: (issued: ReadonlySet<Stream>) => boolean;
}

/**
 * The ways in which two documents of one row can use up a monthly maximum, the usual one first; one of them holds. What
 * is carried over uses up nothing and makes no room, so it has to come after what is issued.
 * @param bases  in the order in which groups use up a maximum on one document
 */
export function* sharings(
  bases: readonly AdjustmentBasis[],
  applied: readonly AppliedAdjustment[],
  billed: BilledAdjustments,
): Generator<Sharing> {
  const streams = [...new Set(bases.map(({ stream }) => stream))];
  const of = (stream: Stream) => bases.filter((basis) => basis.stream === stream);
  yield {
    lines: adjustmentLines(bases, applied, billed),
    holds: (issued) => new Set(streams.map((stream) => issued.has(stream))).size < 2,
  };
  for (const order of [streams, streams.toReversed()])
    yield {
      lines: adjustmentLines(order.flatMap(of), applied, billed),
      holds: (issued) =>
        order.every((stream, index) => index === 0 || !issued.has(stream) || issued.has(order[index - 1]!)),
    };
  // each would come to something after the other alone, so none does
  yield { lines: streams.flatMap((stream) => adjustmentLines(of(stream), applied, billed)), holds: () => true };
}
