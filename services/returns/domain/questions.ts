import type { ReturnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import { advanceItem } from './item-states.ts';
import type { Disposition, Item, Return } from './model.ts';

/** What the merchant chooses from, in this order (C2). */
const CHOICES: readonly Disposition[] = ['restock', 'restock_b', 'rtv', 'dispose', 'hold'];

/**
 * The item with a question to its merchant: until when it is answered, and what happens without an answer (C3). Goods
 * nobody can name have the short deadline, all others the long one.
 */
export function asked(item: Item, { decision }: Pick<ReturnPolicy, 'decision'>, at: Date): Item {
  const unknown = item.sku === null || item.origin !== 'expected';
  const hours = unknown ? decision.unknownHours : decision.damagedHours;
  return {
    ...(item.state === 'disposition_proposed' ? item : advanceItem(item, 'disposition_proposed')),
    disposition: null,
    dispositionSource: null,
    dispositionReason: null,
    suggestedDisposition: 'ask',
    askedAt: at,
    decisionDueAt: new Date(at.getTime() + hours * 3_600_000),
    decisionDefault: possible(unknown ? decision.unknownDefault : decision.damagedDefault, item),
  };
}

/** What nobody graded cannot go into a batch, because the merchant reads the grade on the packing list. */
const possible = (disposition: Disposition, { grade }: Item): Disposition =>
  disposition === 'rtv' && grade === null ? 'restock' : disposition;

/** Without any question, as before the merchant was asked. */
export const unasked = (item: Item): Item =>
  item.askedAt === null ? item : { ...item, askedAt: null, decisionDueAt: null, decisionDefault: null };

/** Whether the merchant was asked and nobody has answered. What was answered keeps when it was asked, as evidence. */
export const isOpen = ({ state, askedAt }: Pick<Item, 'state' | 'askedAt'>): boolean =>
  state === 'disposition_proposed' && askedAt !== null;

export const openQuestions = ({ items }: Pick<Return, 'items'>): Item[] => items.filter(isOpen);

/** The earliest deadline of what is open. */
export const earliestDue = (parcel: Pick<Return, 'items'>): Date | null =>
  openQuestions(parcel).reduce<Date | null>(
    (earliest, { decisionDueAt }) => (earliest && earliest <= decisionDueAt! ? earliest : decisionDueAt),
    null,
  );

/** What the merchant may answer; always also what would happen without an answer. */
export function choicesFor({ grade, decisionDefault }: Pick<Item, 'grade' | 'decisionDefault'>): Disposition[] {
  const choices = CHOICES.filter((choice) => choice !== 'rtv' || grade !== null);
  return decisionDefault === null || choices.includes(decisionDefault) ? choices : [...choices, decisionDefault];
}
