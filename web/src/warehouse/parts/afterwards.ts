import type { Disposition, InspectBody, Item, ReturnView } from '../offline/model.ts';
import { OPEN, type Found } from '../offline/reference.ts';

/** What is done with a return whose inspection has ended, or that nobody waits for any more. */

const DISPOSITIONS = ['restock', 'restock_b', 'refurbish', 'rtv', 'dispose', 'donate', 'hold'] as const;

/** Called off, expired or lost; the server receives it all the same when it comes. */
const GIVEN_UP: readonly ReturnView['state'][] = ['cancelled', 'expired', 'lost'];
export const isGivenUp = ({ state }: Pick<ReturnView, 'state'>): boolean => GIVEN_UP.includes(state);

/** The server tells parcels apart by their tracking number; one that it knows would change nothing. */
export const isKnownParcel = ({ parcels }: Pick<ReturnView, 'parcels'>, trackingNumber: string): boolean =>
  trackingNumber.trim() !== '' && parcels.some((came) => came.trackingNumber === trackingNumber.trim());

/** A sole return that a code names, and that is closed: it may be the code of another parcel, so a person chooses. */
export const soleClosed = ({ returns, ...others }: Found): boolean =>
  returns.length === 1 && !isAny(others) && !OPEN.includes(returns[0]!.state);

/** Where a code leads that names exactly one thing to work on. */
export function soleTarget(found: Found): string | undefined {
  const { returns, orders, items, batches } = found;
  if (orders.length || returns.length + items.length + batches.length !== 1 || soleClosed(found)) return undefined;
  if (returns[0]) return `/warehouse/returns/${returns[0].id}`;
  if (items[0]) return `/warehouse/returns/${items[0].returnId}#${items[0].itemId}`;
  return `/warehouse/batches/${batches[0]!.id}`;
}

const isAny = ({ orders, items, batches }: Pick<Found, 'orders' | 'items' | 'batches'>): boolean =>
  orders.length + items.length + batches.length > 0;

/** Items can still go another way (services/returns/domain/{inspection,decision}.ts say in which states). */
const goesOn = ({ state }: Pick<ReturnView, 'state'>) => state === 'awaiting_decision' || state === 'processing';

/** Goods that come back from refurbishing and are judged anew. */
export const toReassess = (view: Pick<ReturnView, 'state' | 'items'>): Item[] =>
  goesOn(view) ? view.items.filter(({ state }) => state === 'refurbishing') : [];

/** What lies here until the house decides: held goods, and what was judged anew without going its way yet. */
export const toDecide = (view: Pick<ReturnView, 'state' | 'items'>): Item[] =>
  goesOn(view)
    ? view.items.filter(
        ({ state, askedAt }) =>
          state === 'on_hold' || state === 'decided' || (state === 'disposition_proposed' && askedAt === null),
      )
    : [];

/** What an item can become. What is held is held already, and a merchant gets back only what has a grade. */
export const choicesFor = ({ state, grade }: Pick<Item, 'state' | 'grade'>): Disposition[] =>
  DISPOSITIONS.filter((choice) => (choice !== 'hold' || state !== 'on_hold') && (choice !== 'rtv' || grade !== null));

/** The two requests of {@link reassess}. */
export interface Desk {
  inspect: (body: InspectBody) => Promise<ReturnView>;
  decide: (decision: { itemId: string; disposition: Disposition; reason?: string }) => Promise<ReturnView>;
  /** What the server answered, after each of them. */
  keep: (view: ReturnView) => Promise<void>;
}

/**
 * Judges goods anew that were refurbished, and sends them on their way at once: after the end of an inspection a
 * finding alone moves nothing. Should the second request fail, {@link toDecide} names the item.
 * @throws what the requests throw
 */
export async function reassess({ inspect, decide, keep }: Desk, finding: InspectBody): Promise<void> {
  const judged = await inspect(finding);
  await keep(judged);
  const itemId = finding.partId ?? finding.itemId;
  const { disposition, dispositionReason } = judged.items.find(({ id }) => id === itemId)!;
  // a rule may leave it to the merchant, who decides on what is held
  const way = { itemId, disposition: disposition ?? 'hold' };
  await keep(await decide(dispositionReason ? { ...way, reason: dispositionReason } : way));
}

/** A draft of the new finding must not carry the old one: it was written before the work on the goods. */
export const beforeReassessment = (item: Item): Item => ({
  ...item,
  grade: null,
  note: '',
  disposition: null,
  dispositionSource: null,
  dispositionReason: null,
  checklist: null,
});

/** Pieces that share what becomes of them. */
export interface Way {
  state: Item['state'];
  /** Nothing is done with what did not come. */
  disposition: Disposition | null;
  /** The box they are in that goes back to the merchant. */
  batchId: string | null;
  pieces: number;
}

/** How many pieces go which way, in the order of the items. */
export function waysOf(
  items: readonly Pick<Item, 'state' | 'disposition' | 'rtvBatchId' | 'quantity'>[],
): readonly Way[] {
  const ways = new Map<string, Way>();
  for (const { state, disposition: decided, rtvBatchId: batchId, quantity } of items) {
    const disposition = state === 'missing' ? null : decided;
    const key = `${disposition ?? state} ${batchId}`;
    const pieces = (ways.get(key)?.pieces ?? 0) + quantity;
    ways.set(key, { state, disposition, batchId, pieces });
  }
  return [...ways.values()];
}

/** How many there are, for a tile; a dash while nobody knows, which is no zero. @param more  there are more than these */
export const countText = (count: number | undefined, more = false): string =>
  count === undefined ? '–' : `${count}${more ? '+' : ''}`;
