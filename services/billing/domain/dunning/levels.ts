import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { DunningHindrance, DunningSettings } from '../../../../shared/protocol/billing/dunning-views.ts';
import { workingDayFrom } from './working-days.ts';

/** 0 is the friendly reminder. */
export type DunningLevel = 0 | 1 | 2 | 3;
const LAST_LEVEL = 3;

/** What is known of an overdue invoice. */
export interface OverdueInvoice {
  daysOverdue: number;
  openMinor: number;
  /** The highest level it came to, and until when that letter gives time. */
  lastLevel: number | null;
  lastPayBy: LocalDate | null;
  disputed: boolean;
  stopped: boolean;
  /** It is to be collected, and no collection of it came back. */
  awaitsCollection: boolean;
  /** It would be collected, had not the house stopped that itself: it is held without a return, or the mandate is blocked. */
  collectionHeld: boolean;
  dueDate: LocalDate;
}

export type Judgement = { level: DunningLevel; hindrance: null } | { level: null; hindrance: DunningHindrance };

/**
 * To which level an invoice comes on a day. One level after the other, each at the earliest so many days after the
 * invoice was due, and never while the time that the letter before gave still runs.
 */
export function judge(invoice: OverdueInvoice, settings: DunningSettings, asOf: LocalDate): Judgement {
  const hindered = (hindrance: DunningHindrance): Judgement => ({ level: null, hindrance });
  if (invoice.stopped) return hindered('stopped');
  if (invoice.disputed) return hindered('disputed');
  if (invoice.awaitsCollection) return hindered('directDebit');
  if (invoice.collectionHeld) return hindered('collectionHeld');
  if (invoice.openMinor < settings.minimumMinor) return hindered('small');
  if (invoice.lastLevel === LAST_LEVEL) return hindered('exhausted');
  const level = (invoice.lastLevel === null ? 0 : invoice.lastLevel + 1) as DunningLevel;
  const inTime = asOf <= workingDayFrom(invoice.lastPayBy ?? invoice.dueDate);
  if (inTime || invoice.daysOverdue < settings.levels[level]!.daysAfterDue) return hindered('waiting');
  return { level, hindrance: null };
}
