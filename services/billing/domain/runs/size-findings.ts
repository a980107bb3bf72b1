import type { Finding } from '../../../../shared/protocol/billing/runs-actions.ts';
import { blocking } from './findings.ts';

/** Half of what a renderer makes within its memory and its deadline; a document of more could have a number and no paper. */
export const MOST_LINES = 5_000;

/** A document with more lines than can be made is told before it has a number. @param documents  of one row */
export function sizeFindings(documents: readonly { lines: readonly unknown[] }[]): Finding[] {
  const count = Math.max(0, ...documents.map(({ lines }) => lines.length));
  if (count <= MOST_LINES) return [];
  return [blocking('TOO_MANY_LINES', `A document has ${count} lines; at most ${MOST_LINES} can be made`, { count })];
}
