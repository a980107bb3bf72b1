/**
 * Back-off of repeated work: doubles from `firstMs` up to `maxMs`, with up to a quarter of jitter so that many
 * failures do not come back together.
 * @param attempts  attempts made so far, at least 1
 * @param random    a number in [0, 1)
 * @returns milliseconds to wait
 */
export function backOffMs(attempts: number, random: number, { firstMs = 1_000, maxMs = 3_600_000 } = {}): number {
  const base = Math.min(maxMs, firstMs * 2 ** Math.min(30, attempts - 1));
  return Math.round(base * (1 + random / 4));
}
