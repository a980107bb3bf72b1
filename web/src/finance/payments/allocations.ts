import { isUnreadable, type Typed } from '../../shared/typed-figure.ts';

export interface Allocation {
  invoiceId: string;
  amountMinor: number;
}

/** What was typed per document. */
export type TypedAllocations = Readonly<Record<string, Typed<number>>>;

/**
 * What was typed and can be read, without the documents that get nothing.
 * @param shown  the documents that have a field: what is not to be seen is meant no more
 */
export const readAllocations = (typed: TypedAllocations, shown: readonly string[]): Allocation[] =>
  shown.flatMap((invoiceId) => {
    const amountMinor = typed[invoiceId];
    return typeof amountMinor === 'number' ? [{ invoiceId, amountMinor }] : [];
  });

/**
 * What is sent, or nothing as long as it is not clear what that is.
 * @param typed      per document
 * @param shown      the documents that have a field
 * @param mostMinor  what there is to allocate; negative for money that went out
 */
export function allocationsOf(
  typed: TypedAllocations,
  shown: readonly string[],
  mostMinor: number,
): Allocation[] | undefined {
  const allocations = readAllocations(typed, shown);
  const isClear = shown.every((invoiceId) => !isUnreadable(typed[invoiceId]));
  return isClear && sumOf(allocations) <= Math.abs(mostMinor) ? allocations : undefined;
}

export const sumOf = (allocations: readonly Allocation[]): number =>
  allocations.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
