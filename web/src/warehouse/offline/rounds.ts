import type { callApi } from '../../app/api/client.ts';
import type { Output } from '../../app/api/contract.ts';
import type { ArticleHit, ReturnView } from './model.ts';
import type { Outbox } from './outbox.ts';
import { OPEN, outdated, type AllSettings, type Seen } from './reference.ts';

/** A page of the API. */
const PAGE = 200;
const MOST_RETURNS = 600;
const MOST_ARTICLES = 4_000;
/** Returns that a round asks for because the lists do not name them. */
const MOST_UNLISTED = 50;

export interface Keeper {
  settings: (settings: AllSettings) => Promise<void>;
  see: (hits: Partial<Seen>) => Promise<void>;
}

export interface RoundDeps {
  /** @throws ApiError, OfflineError */
  ask: typeof callApi;
  /** Id of whoever may know all that the device keeps, if that is who is logged in. */
  asker: () => string | undefined;
  outbox: Outbox;
  seen: () => Seen;
  /** Ids of the returns that are on the screen. */
  shown: () => ReadonlySet<string>;
  keeper: Keeper;
  now: () => Date;
}

/** @returns does one round of questions; it ends where somebody else logs in, whose answers are not kept */
export function createRounds({ ask, asker, outbox, seen, shown, keeper, now }: RoundDeps): () => Promise<void> {
  let articlesAreThere = false;
  /** By id and version, so that no return is asked for again and again. */
  const asked = new Set<string>();

  return async () => {
    const who = asker();
    if (who === undefined) return;
    const askAsOne: typeof callApi = async (...question) => {
      if (asker() !== who) throw new AskerLeft();
      const answer = await ask(...question);
      if (asker() !== who) throw new AskerLeft();
      return answer;
    };
    await keeper.settings((await askAsOne('GET /return-settings', {})) as AllSettings);
    if (!articlesAreThere) await keeper.see({ articles: await allArticles(askAsOne) });
    articlesAreThere = true;
    const listed = await openReturns(askAsOne);
    for (const { id, version } of listed.returns)
      if (outbox.snapshot().returns.get(id)?.version !== version) await refresh(askAsOne, id);
    await askForUnlisted(askAsOne, listed);
    await seeArticles(askAsOne);
    await outbox.keep({ removeReturns: outdated(outbox.snapshot(), now(), shown()) });
  };

  async function refresh(askAsOne: typeof callApi, id: string): Promise<void> {
    await outbox.keep({ putReturns: [await askAsOne('GET /returns/{id}', { id })] });
  }

  /** What is open here and not in the server's list was worked on elsewhere, or is there no more. */
  async function askForUnlisted(askAsOne: typeof callApi, { returns, areAll }: OpenReturns): Promise<void> {
    const listed = new Set(returns.map(({ id }) => id));
    const unlisted = openHere(outbox)
      .filter(({ id, version }) => !listed.has(id) && (areAll || !asked.has(`${id} ${version}`)))
      .slice(0, MOST_UNLISTED);
    for (const { id, version } of unlisted)
      try {
        await refresh(askAsOne, id);
        asked.add(`${id} ${version}`);
      } catch (error) {
        if ((error as { code?: string }).code !== 'RETURN_NOT_FOUND') throw error;
        const { commands, drafts } = outbox.snapshot();
        // what waits for it is told about by the sender
        if (![...commands, ...drafts.values()].some(({ returnId }) => returnId === id))
          await outbox.keep({ removeReturns: [id] });
      }
  }

  /** Articles of expected items that the list of all of them did not hold. */
  async function seeArticles(askAsOne: typeof callApi): Promise<void> {
    const known = new Set(seen().articles.map(({ merchantId, sku }) => `${merchantId} ${sku}`));
    const wanted = new Map(
      openHere(outbox).flatMap(({ merchantId, items }) =>
        items.flatMap(({ sku }) => (merchantId && sku ? [[`${merchantId} ${sku}`, { merchantId, sku }] as const] : [])),
      ),
    );
    for (const [key, article] of wanted) {
      if (known.has(key)) continue;
      const { items } = await askAsOne('GET /articles', { ...article, limit: 1 });
      if (items.length) await keeper.see({ articles: items.map(hitOf) });
    }
  }
}

/** Somebody else is logged in now, so the answer may be another one. */
class AskerLeft extends Error {}

interface OpenReturns {
  returns: { id: string; version: number }[];
  /** There are no more than these. */
  areAll: boolean;
}

async function openReturns(ask: typeof callApi): Promise<OpenReturns> {
  const open: OpenReturns = { returns: [], areAll: true };
  for (const group of ['toInspect', 'toReceive'] as const) {
    let cursor: string | null | undefined;
    for (let count = 0; count < MOST_RETURNS && cursor !== null; count += PAGE) {
      const page = await ask('GET /returns', { group, limit: PAGE, ...(cursor ? { cursor } : {}) });
      open.returns.push(...page.items);
      cursor = page.nextCursor;
    }
    open.areAll &&= cursor === null;
  }
  return open;
}

async function allArticles(ask: typeof callApi): Promise<ArticleHit[]> {
  const articles: ArticleHit[] = [];
  for (let cursor: string | undefined; articles.length < MOST_ARTICLES;) {
    const page = await ask('GET /articles', { active: 'true', limit: PAGE, ...(cursor ? { cursor } : {}) });
    articles.push(...page.items.map(hitOf));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return articles;
}

const openHere = (outbox: Outbox): ReturnView[] =>
  [...outbox.snapshot().returns.values()].filter(({ state }) => OPEN.includes(state));

const hitOf = ({ id, picture, ...article }: Output<'GET /articles/{id}'>): ArticleHit => ({
  ...article,
  articleId: id,
  picture: picture?.links ?? null,
});
