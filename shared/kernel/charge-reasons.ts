import type { LocalDate } from './dates.ts';

// Why the product itself holds or waives a charge, as it is stored and audited; desks say it in the reader's language.

/** Why a charge that is optional is waived by itself. */
export const NOT_IN_CARDS = 'The rate cards have no price for it';
/** Why a carrier's credit is held: it goes along when its surcharge is released. */
export const SURCHARGE_HELD = 'Gives back a surcharge that is held and not billed';
/** What nobody was billed is not paid out by itself: finance decides. */
export const SURCHARGE_WAIVED = 'Gives back a surcharge that was waived and never billed';
/** Why a late charge is held. @param days  more than these are too many */
export const tooOldReason = (days: number, cutoff: LocalDate): string =>
  `Older than ${days} days at the cut-off ${cutoff}`;

/** What {@link tooOldReason} says, `undefined` of any other reason. */
export function readTooOld(reason: string): { days: number; cutoff: LocalDate } | undefined {
  const found = /^Older than (\d+) days at the cut-off (\d{4}-\d{2}-\d{2})$/.exec(reason);
  return found ? { days: Number(found[1]), cutoff: found[2]! } : undefined;
}
