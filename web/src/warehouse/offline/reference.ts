import type { Output } from '../../app/api/contract.ts';
import type { SuggestionRule } from './suggestion.ts';
import type { ArticleHit, OrderHit, ReturnSummary, ReturnView } from './model.ts';
import type { Snapshot } from './snapshot.ts';

type AnySettings = Output<'GET /return-settings'>;
/** Of the house and of all merchants. */
export type AllSettings = Extract<AnySettings, { house: unknown }>;
export type Settings = AllSettings['house'];
export type Merchant = AllSettings['merchants'][number];
export type Reason = Settings['reasons'][number];
export type Phrase = Settings['phrases'][number];
export type Checklist = Settings['checklists'][number];

/** What a device has seen, so that a scan finds it without a network. The latest is last. */
export interface Seen {
  orders: readonly OrderHit[];
  articles: readonly ArticleHit[];
}
export const NOTHING_SEEN: Seen = { orders: [], articles: [] };
const MOST_ORDERS = 1_000;
const MOST_ARTICLES = 5_000;

export const alsoSeen = (seen: Seen, { orders = [], articles = [] }: Partial<Seen>): Seen => ({
  orders: latest(seen.orders, orders, ({ orderId }) => orderId, MOST_ORDERS),
  articles: latest(seen.articles, articles, ({ articleId }) => articleId, MOST_ARTICLES),
});

function latest<Hit>(known: readonly Hit[], fresh: readonly Hit[], idOf: (hit: Hit) => string, most: number): Hit[] {
  const ids = new Set(fresh.map(idOf));
  return [...known.filter((hit) => !ids.has(idOf(hit))), ...fresh].slice(-most);
}

/** What a scanned code may mean. */
export interface Found {
  code: string;
  returns: readonly FoundReturn[];
  orders: readonly OrderHit[];
  articles: readonly ArticleHit[];
  items: readonly { itemId: string; returnId: string; returnNumber: string; sku: string | null; name: string }[];
  batches: readonly { id: string; number: string; merchantId: string; state: string; pieces: number }[];
  /** `device`: there was no network, so this is what the device knows. */
  source: 'server' | 'device';
}
export type FoundReturn = Pick<
  ReturnSummary,
  'id' | 'number' | 'state' | 'merchantId' | 'orderNumber' | 'externalNumber' | 'trackingNumber' | 'kind' | 'receivedAt'
> & { pieces: number };

/** Looks a code up as the server does: exactly, an EAN also without its leading zeros. */
export function findOnDevice(code: string, returns: Iterable<ReturnView>, seen: Seen): Found {
  const all = [...returns];
  const named = (view: ReturnView) =>
    [view.number, view.externalNumber, view.orderNumber, view.trackingNumber].includes(code);
  const is = (other: string | null) => other !== null && (other === code || bare(other) === bare(code));
  const articles = seen.articles.filter(({ sku, eans }) => is(sku) || eans.some(is));
  const skus = new Set(articles.map(({ sku, merchantId }) => `${merchantId} ${sku}`));
  const holds = ({ merchantId, items, state }: ReturnView) =>
    OPEN.includes(state) && items.some(({ sku }) => sku !== null && (sku === code || skus.has(`${merchantId} ${sku}`)));
  return {
    code,
    returns: all.filter((view) => named(view) || holds(view)).map(summaryOf),
    orders: seen.orders.filter(({ orderNumber }) => orderNumber === code),
    articles,
    items: [],
    batches: [],
    source: 'device',
  };
}

/** Somebody has still to work on it. */
export const OPEN: readonly ReturnView['state'][] = ['announced', 'in_transit', 'received', 'inspecting'];

const NOT_HERE: readonly ReturnView['state'][] = ['announced', 'in_transit', 'cancelled', 'expired', 'lost'];

/** Whether a parcel of the return has come, as far as anyone knows. */
export const isHere = ({ state }: Pick<ReturnView, 'state'>): boolean => !NOT_HERE.includes(state);

/** A code without what scanners and shops add to it: an EAN has as many leading zeros as its list likes. */
export const bare = (code: string): string => (/^0*\d{8,14}$/.test(code) ? code.replace(/^0+/, '') : code);

export const summaryOf = (view: ReturnView): FoundReturn => ({
  ...view,
  pieces: view.items.reduce((sum, { quantity }) => sum + quantity, 0),
});

/** What the rules, phrases and questions for a return are: those of its merchant, else of the house. */
export const settingsFor = (settings: AllSettings | undefined, merchantId: string | null): Settings | undefined =>
  settings?.merchants.find((merchant) => merchant.merchantId === merchantId) ?? settings?.house;

export const rulesFor = (settings: AllSettings | undefined, merchantId: string | null): readonly SuggestionRule[] =>
  settings?.merchants.find((merchant) => merchant.merchantId === merchantId)?.rules ?? [];

export const articleOf = ({ articles }: Seen, merchantId: string | null, sku: string | null): ArticleHit | undefined =>
  sku === null ? undefined : articles.find((article) => article.sku === sku && article.merchantId === merchantId);

const KEPT_DAYS = 7;

/** Returns nobody will look for on this device any more. @param shown  those that somebody looks at right now */
export function outdated({ returns, commands, drafts }: Snapshot, now: Date, shown: ReadonlySet<string>): string[] {
  const needed = new Set([...shown, ...[...commands, ...drafts.values()].map(({ returnId }) => returnId)]);
  const limit = new Date(now.getTime() - KEPT_DAYS * 86_400_000).toISOString();
  return [...returns.values()]
    .filter(({ id, state, updatedAt }) => !needed.has(id) && !OPEN.includes(state) && updatedAt < limit)
    .map(({ id }) => id);
}
