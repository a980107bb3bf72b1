const MOST_DOCUMENTS = 16;
const MOST_STEPS = 20_000;

/**
 * Some documents that together come to an amount: all of them, or the first so many, or else any.
 * @param documents  what is open of each, longest due first; positive
 * @returns `undefined` when there are none, or too many to try
 */
export function documentsOfSum<Document extends { openMinor: number }>(
  documents: readonly Document[],
  amountMinor: number,
): Document[] | undefined {
  let sum = 0;
  for (const [index, { openMinor }] of documents.entries()) {
    sum += openMinor;
    if (sum === amountMinor) return documents.slice(0, index + 1);
    if (sum > amountMinor) break;
  }
  return documents.length > MOST_DOCUMENTS ? undefined : anyOfSum(documents, amountMinor);
}

function anyOfSum<Document extends { openMinor: number }>(documents: readonly Document[], amountMinor: number) {
  let steps = 0;
  const find = (from: number, rest: number): Document[] | undefined => {
    if (rest === 0) return [];
    for (let index = from; index < documents.length && (steps += 1) < MOST_STEPS; index += 1) {
      const { openMinor } = documents[index]!;
      if (openMinor > rest) continue;
      const others = find(index + 1, rest - openMinor);
      if (others) return [documents[index]!, ...others];
    }
    return undefined;
  };
  return find(0, amountMinor);
}
