import { callApi } from '../app/api/client.ts';
import { OfflineError } from '../app/api/errors.ts';
import type { Output } from '../app/api/contract.ts';
import { onChange } from '../app/live/live.ts';
import { currentSession, subscribe as onSession } from '../app/session/session.ts';
import type { Desk } from './desk.ts';
import { OPEN, outdated, type AllSettings, type Seen } from './offline/reference.ts';
import type { ArticleHit } from './offline/model.ts';

const REFRESH_MS = 5 * 60_000;
/** A page of the API. */
const PAGE = 200;
const MOST_RETURNS = 600;
const MOST_ARTICLES = 4_000;

export interface Keeper {
  settings: (settings: AllSettings) => Promise<void>;
  see: (hits: Partial<Seen>) => Promise<void>;
}

/** Fetches what a day without network needs, at the start and every few minutes, and follows what the server tells. */
export async function keepFresh(desk: Desk, keeper: Keeper): Promise<void> {
  const { outbox } = desk;
  onChange(({ topic, id }) => {
    if (topic === 'returns' && id && outbox.snapshot().returns.has(id)) void desk.refresh(id).catch(() => undefined);
  });
  let articlesAreThere = false;
  for (;;) {
    try {
      if (currentSession().user) {
        await keeper.settings((await callApi('GET /return-settings', {})) as AllSettings);
        if (!articlesAreThere) await keeper.see({ articles: await allArticles() });
        articlesAreThere = true;
        await fetchOpenReturns(desk, keeper);
        await outbox.keep({ removeReturns: outdated(outbox.snapshot(), new Date()) });
      }
    } catch {
      // without network the device works with what it has
    }
    await untilNextRound();
  }
}

/** Open returns with their items: those that are new or changed since. */
async function fetchOpenReturns(desk: Desk, keeper: Keeper): Promise<void> {
  for (const group of ['toInspect', 'toReceive'] as const) {
    let cursor: string | undefined;
    for (let count = 0; count < MOST_RETURNS; count += PAGE) {
      const page = await callApi('GET /returns', { group, limit: PAGE, ...(cursor ? { cursor } : {}) });
      const known = desk.outbox.snapshot().returns;
      const changed = page.items.filter(({ id, version }) => known.get(id)?.version !== version);
      for (const { id } of changed) await desk.refresh(id);
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
  }
  const { returns } = desk.outbox.snapshot();
  await seeArticles(
    desk,
    keeper,
    [...returns.values()].filter(({ state }) => OPEN.includes(state)),
  );
}

/** Articles of expected items that the list of all of them did not hold. */
async function seeArticles(
  desk: Desk,
  { see }: Keeper,
  returns: readonly Pick<Output<'GET /returns/{id}'>, 'merchantId' | 'items'>[],
): Promise<void> {
  const known = new Set(desk.seen().articles.map(({ merchantId, sku }) => `${merchantId} ${sku}`));
  const wanted = new Map(
    returns.flatMap(({ merchantId, items }) =>
      items.flatMap(({ sku }) => (merchantId && sku ? [[`${merchantId} ${sku}`, { merchantId, sku }] as const] : [])),
    ),
  );
  for (const [key, article] of wanted) {
    if (known.has(key)) continue;
    const { items } = await callApi('GET /articles', { ...article, limit: 1 });
    if (items.length) await see({ articles: items.map(hitOf) });
  }
}

async function allArticles(): Promise<ArticleHit[]> {
  const articles: ArticleHit[] = [];
  for (let cursor: string | undefined; articles.length < MOST_ARTICLES;) {
    const page = await callApi('GET /articles', { active: 'true', limit: PAGE, ...(cursor ? { cursor } : {}) });
    articles.push(...page.items.map(hitOf));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return articles;
}

const hitOf = ({ id, picture, ...article }: Output<'GET /articles/{id}'>): ArticleHit => ({
  ...article,
  articleId: id,
  picture: picture?.links ?? null,
});

/** Some minutes, or until the network or another log-in comes. */
function untilNextRound(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      window.removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, REFRESH_MS);
    const stop = onSession(done);
    window.addEventListener('online', done);
  });
}

/** Whether a failure only says that there is no network. */
export const isOffline = (error: unknown): boolean => error instanceof OfflineError;
