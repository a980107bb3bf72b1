import type { Input, Output } from '../../app/api/contract.ts';
import type { Typed } from '../../shared/typed-figure.ts';

type Line = Output<'GET /invoices/{id}'>['lines'][number];
export type CreditLine = Input<'POST /invoices/{id}/credit'>['lines'][number];
export type CreditableLine = Pick<Line, 'id' | 'remainingNetMinor' | 'remainingQuantity'>;

/** How much of a line is taken back; figures as they are typed, always positive. */
export type Taken =
  { by: 'nothing' } | { by: 'quantity'; value: Typed<string> } | { by: 'amount'; value: Typed<number> };

export const NOTHING: Taken = { by: 'nothing' };

/** Lines of which something is left. */
export const creditable = <One extends CreditableLine>(lines: readonly One[]): One[] =>
  lines.filter(({ remainingNetMinor }) => remainingNetMinor !== 0);

/** Everything that is left of a line, by what is counted. */
export function restOf(line: CreditableLine, by: Taken['by']): Taken {
  if (by === 'quantity') return { by, value: line.remainingQuantity.replace('-', '') };
  return by === 'amount' ? { by, value: Math.abs(line.remainingNetMinor) } : { by };
}

export interface ReadCredit<One extends CreditableLine> {
  /** What is sent; a discount is taken back with its own sign. */
  lines: CreditLine[];
  /** Lines that are chosen without saying how much: nothing is sent as long as there are some. */
  unclear: One[];
}

/** What was chosen of which line. */
export function readCredit<One extends CreditableLine>(
  lines: readonly One[],
  taken: ReadonlyMap<string, Taken>,
): ReadCredit<One> {
  const read: ReadCredit<One> = { lines: [], unclear: [] };
  for (const line of lines) {
    const chosen = taken.get(line.id) ?? NOTHING;
    if (chosen.by === 'nothing') continue;
    const credited = creditLine(line, chosen);
    if (credited) read.lines.push(credited);
    else read.unclear.push(line);
  }
  return read;
}

function creditLine(line: CreditableLine, chosen: Exclude<Taken, { by: 'nothing' }>): CreditLine | undefined {
  const lineId = line.id;
  if (chosen.by === 'amount')
    return typeof chosen.value === 'number'
      ? { lineId, netMinor: chosen.value * Math.sign(line.remainingNetMinor) }
      : undefined;
  const sign = line.remainingQuantity.startsWith('-') ? '-' : '';
  return typeof chosen.value === 'string' ? { lineId, quantity: `${sign}${chosen.value}` } : undefined;
}
