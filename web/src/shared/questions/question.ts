import type { ItemOf, Output } from '../../app/api/contract.ts';

/** What a merchant is asked about some pieces, be it in the portal or by a link. */
export type Question = Pick<
  ItemOf<'GET /decisions'>,
  Extract<keyof ItemOf<'GET /decisions'>, keyof Output<'GET /decisions/{token}'>['items'][number]>
>;
export type Disposition = Question['default'];

/** What cannot be taken back. */
export const isFinal = (disposition: Disposition): boolean => disposition === 'dispose' || disposition === 'donate';

export interface TimeLeft {
  unit: 'days' | 'hours' | 'minutes' | 'over';
  count: number;
  tone: 'bad' | 'warn' | 'info';
}

const HOUR_MS = 3_600_000;

/**
 * How long there is to answer, in the largest unit of which at least two are left, rounded down: nobody is promised
 * more time than there is.
 */
export function timeLeft(dueAt: string, now: number): TimeLeft {
  const ms = new Date(dueAt).getTime() - now;
  if (ms <= 0) return { unit: 'over', count: 0, tone: 'bad' };
  const hours = Math.floor(ms / HOUR_MS);
  if (hours >= 48) return { unit: 'days', count: Math.floor(hours / 24), tone: hours < 72 ? 'warn' : 'info' };
  if (hours >= 2) return { unit: 'hours', count: hours, tone: hours < 24 ? 'bad' : 'warn' };
  return { unit: 'minutes', count: Math.max(1, Math.floor(ms / 60_000)), tone: 'bad' };
}
