import { isUnreadable, type Typed } from '../../shared/typed-figure.ts';

export interface Allocation {
  invoiceId: string;
  amountMinor: number;
}

/** What was typed per document. */
export type TypedAllocations = Readonly<Record<string, Typed<number>>>;

/** What was typed and can be read, without the documents that get nothing. */
export const readAllocations = (typed: TypedAllocations): Allocation[] =>
  Object.entries(typed).flatMap(([invoiceId, amountMinor]) =>
    typeof amountMinor === 'number' ? [{ invoiceId, amountMinor }] : [],
  );

/**
 * What is sent, or nothing as long as it is not clear what that is.
 * @param typed      per document
 * @param shown      the documents that have a field: what is not to be seen cannot be mended either
 * @param mostMinor  what there is to allocate; negative for money that went out
 */
export function allocationsOf(
  typed: TypedAllocations,
  shown: readonly string[],
  mostMinor: number,
): Allocation[] | undefined {
  const allocations = readAllocations(typed);
  const isClear = shown.every((invoiceId) => !isUnreadable(typed[invoiceId]));
  return isClear && sumOf(allocations) <= Math.abs(mostMinor) ? allocations : undefined;
}

export const sumOf = (allocations: readonly Allocation[]): number =>
  allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
