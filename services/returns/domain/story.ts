import type { PARTIES } from '../../../shared/protocol/returns/desk-actions.ts';
import type { Return } from './model.ts';

export type Party = (typeof PARTIES)[number];

/** Something that happened to a return, as the audit trail kept it. */
export interface Happening {
  at: Date;
  actorKind: string;
  actorId: string;
  action: string;
  after: Record<string, unknown> | null;
  reason: string | null;
}

export interface StoryEntry {
  at: string;
  what: string;
  by: Party;
  who?: string;
  detail: Record<string, unknown>;
}

type People = ReadonlyMap<string, { name: string; house: boolean }>;

/**
 * The story of a return, oldest first. The house reads every step with the names of its people; a merchant reads what
 * concerns it, with those details only that it can see elsewhere too.
 */
export function storyOf(
  parcel: Pick<Return, 'announcedAt' | 'items'>,
  happenings: readonly Happening[],
  people: People,
  inHouse: boolean,
): StoryEntry[] {
  const told = happenings.flatMap((happening) => {
    const entry = inHouse ? forHouse(happening, people) : forMerchant(happening, people);
    return entry ? [entry, ...byRule(happening, parcel)] : [];
  });
  const begun = happenings.some(({ action }) => BEGINNINGS.has(action));
  return begun || parcel.announcedAt === null ? told : [imported(parcel.announcedAt), ...told];
}

const BEGINNINGS = new Set(['return.announced', 'return.split-off']);

/** What merchants are told, and the fields of it. */
const FOR_MERCHANTS: Record<string, readonly string[]> = {
  'return.announced': ['kind'],
  'return.split-off': ['items'],
  'return.in-transit': ['carrier', 'trackingNumber'],
  'return.received': ['carrier', 'trackingNumber'],
  'return.parcel-received': ['carrier', 'trackingNumber'],
  'return.inspected': ['items', 'revision'],
  'return.reopened': ['revision'],
  'return.completed': [],
  'return.cancelled': [],
  'return.expired': [],
  'return.lost': [],
  'return.outcome-reported': ['outcome', 'amountMinor', 'note'],
  'item.decided': ['item'],
  'items.decided': ['items'],
};

const partyOf = ({ actorKind, actorId }: Happening, people: People): Party => {
  const person = people.get(actorId);
  if (actorKind === 'user') return (person?.house ?? true) ? 'warehouse' : 'merchant';
  if (actorKind === 'apiKey') return person?.house ? 'warehouse' : 'shop';
  // a link in a mail is the merchant's; a service acts by the clock or hands over what a shop sent
  if (actorKind === 'service') return actorId === 'sync' ? 'shop' : 'clock';
  return 'merchant';
};

function forHouse(happening: Happening, people: People): StoryEntry {
  const { at, action, after, actorId, reason } = happening;
  const who = people.get(actorId)?.name;
  return {
    at: at.toISOString(),
    what: action,
    by: partyOf(happening, people),
    ...(who === undefined ? {} : { who }),
    detail: { ...after, ...(reason === null ? {} : { reason }) },
  };
}

function forMerchant(happening: Happening, people: People): StoryEntry | undefined {
  const { at, action, after } = happening;
  const fields = FOR_MERCHANTS[action];
  if (!fields) return undefined;
  const detail = Object.fromEntries(Object.entries(after ?? {}).filter(([field]) => fields.includes(field)));
  return { at: at.toISOString(), what: action, by: partyOf(happening, people), detail };
}

/** At the end of an inspection the rules decide on whatever nobody decided on by hand. */
function byRule({ at, action, after }: Happening, { items }: Pick<Return, 'items'>): StoryEntry[] {
  const settled = action === 'return.inspected' ? after?.['items'] : undefined;
  if (!Array.isArray(settled)) return [];
  const ruled = new Set(items.filter(({ dispositionSource }) => dispositionSource === 'rule').map(({ id }) => id));
  const decided = (settled as { itemId?: unknown; disposition?: unknown }[]).flatMap(({ itemId, disposition }) =>
    typeof itemId === 'string' && ruled.has(itemId) ? [{ itemId, disposition }] : [],
  );
  return decided.length
    ? [{ at: at.toISOString(), what: 'items.decided', by: 'rule', detail: { items: decided } }]
    : [];
}

/** An import is audited as a whole. What another merchant announced has no beginning for this one. */
const imported = (announcedAt: Date): StoryEntry => ({
  at: announcedAt.toISOString(),
  what: 'return.announced',
  by: 'shop',
  detail: {},
});
