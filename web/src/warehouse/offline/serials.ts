import type { Draft } from './model.ts';

/** A draft about so many pieces, which have no more serial numbers than that. */
export const withQuantity = (draft: Draft, quantity: number): Draft => ({
  ...draft,
  quantity,
  serialNumbers: draft.serialNumbers.slice(0, quantity),
});

/** Places of the serial numbers that stand further up already; every piece has its own, and the server insists on it. */
export function repeatedSerials(serialNumbers: readonly string[]): Set<number> {
  const trimmed = serialNumbers.map((number) => number.trim());
  return new Set(trimmed.flatMap((number, index) => (number !== '' && trimmed.indexOf(number) < index ? [index] : [])));
}
