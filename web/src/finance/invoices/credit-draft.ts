import type { Input, Output } from '../../app/api/contract.ts';

type Line = Output<'GET /invoices/{id}'>['lines'][number];
export type CreditLine = Input<'POST /invoices/{id}/credit'>['lines'][number];
export type CreditableLine = Pick<Line, 'id' | 'remainingNetMinor' | 'remainingQuantity'>;

/** How much of a line is taken back; figures as they are typed, always positive. */
export interface Taken {
  by: 'nothing' | 'quantity' | 'amount';
  value: number | null;
}

export const NOTHING: Taken = { by: 'nothing', value: null };

/** Lines of which something is left. */
export const creditable = <One extends CreditableLine>(lines: readonly One[]): One[] =>
  lines.filter(({ remainingNetMinor }) => remainingNetMinor !== 0);

/** Everything that is left of a line, by what is counted. */
export const restOf = (line: CreditableLine, by: Taken['by']): number | null =>
  by === 'nothing' ? null : Math.abs(by === 'quantity' ? Number(line.remainingQuantity) : line.remainingNetMinor / 100);

/** What is sent; a discount is taken back with its own sign. */
export function creditLines(lines: readonly CreditableLine[], taken: ReadonlyMap<string, Taken>): CreditLine[] {
  return lines.flatMap((line): CreditLine[] => {
    const { by, value } = taken.get(line.id) ?? NOTHING;
    if (by === 'nothing' || !value) return [];
    if (by === 'amount')
      return [{ lineId: line.id, netMinor: Math.round(value * 100) * Math.sign(line.remainingNetMinor) }];
    return [{ lineId: line.id, quantity: String(value * Math.sign(Number(line.remainingQuantity))) }];
  });
}
