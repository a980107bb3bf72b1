import { comparableCode } from '../../../../shared/kernel/gtin.ts';
import { invalidField } from '../../../../shared/kernel/errors.ts';
import { uuidOf, uuidv7 } from '../../../../shared/kernel/ids.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import { asRepeated } from '../../../../shared/moleculer/repeated.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { ordersActions } from '../../../../shared/protocol/orders/actions.ts';
import type { ArticleView } from '../../../../shared/protocol/orders/articles.ts';
import { articleExists, bareArticle, withFields, type Article } from '../../domain/articles.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { findArticle, hasVariant, lockArticles } from '../../persistence/articles.ts';
import { knowMerchant } from '../know-merchant.ts';
import { articleView } from './article-view.ts';
import { asArticleRules, keepArticles } from './keep-articles.ts';

type Input = InputOf<typeof ordersActions.createArticle>;

/**
 * Enters an article. The same content again gives the article as it is; one that made itself, of an order or of
 * restocked goods, is filled in, since nobody has entered anything yet.
 * @throws InvalidInput   the merchant, a component or the article this is a variant of is not known; keep-articles.ts
 * @throws RuleViolation  `ARTICLE_EXISTS`, `EAN_TAKEN`
 */
export async function createArticle(deps: OrdersDeps, input: Input, actor: Actor): Promise<ArticleView> {
  const now = deps.now();
  const contentHash = hashOf(input);
  await knowMerchant(deps, input.merchantId, actor);
  return asArticleRules(
    transact(deps, actor, async (em, announce, audit) => {
      const existing = await existingArticle(em, input);
      if (existing?.contentHash === contentHash && existing.sku === input.sku)
        return asRepeated(articleView(existing, deps.pictureLinks));
      const before = existing && assertBare(existing, input);
      const after = before
        ? enter(before, { ...input, eans: withKnown(before.eans, input.eans) }, contentHash)
        : await newArticle(em, input, contentHash, now);
      const [kept] = await keepArticles({ em, announce, audit }, [{ before, after, path: '' }], now);
      return articleView(kept!.after, deps.pictureLinks);
    }),
  );
}

async function existingArticle(em: EntityManager, { id, merchantId, sku }: Input): Promise<Article | undefined> {
  const bySku = (await lockArticles(em, merchantId, [sku])).get(sku);
  return bySku ?? (id === undefined ? undefined : await findArticle(em, id));
}

function assertBare(existing: Article, { id, sku, variantOf }: Input): Article {
  const fits = existing.sku === sku && (id === undefined || id === existing.id) && variantOf === undefined;
  if (existing.origin === 'entered' || existing.variantOf !== null || !fits)
    throw articleExists(existing.sku === sku ? 'sku' : 'id', existing.id);
  return existing;
}

/** What was scanned on the goods before stays. */
function withKnown(known: readonly string[], given: readonly string[] = []): string[] {
  const codes = new Set(known.map(comparableCode));
  return [...known, ...given.filter((code) => !codes.has(comparableCode(code)))];
}

const enter = (article: Article, input: Input, contentHash: string): Article => ({
  ...withFields(article, input),
  origin: 'entered',
  contentHash,
});

async function newArticle(em: EntityManager, input: Input, contentHash: string, now: Date): Promise<Article> {
  const { id = uuidv7(now), variantOf = null, condition } = input;
  if (variantOf !== null) await assertMayVary(em, input.merchantId, variantOf);
  return enter({ ...bareArticle({ ...input, id }, 'entered', now), variantOf, condition }, input, contentHash);
}

/** @throws InvalidInput `UNKNOWN_ARTICLE`, or `VARIANT_OF_VARIANT` since grades do not stand on each other */
async function assertMayVary(em: EntityManager, merchantId: string, id: string): Promise<void> {
  const base = await findArticle(em, id);
  if (base?.merchantId !== merchantId) throw invalidField('variantOf', 'UNKNOWN_ARTICLE', 'There is no such article');
  if (base.variantOf !== null)
    throw invalidField('variantOf', 'VARIANT_OF_VARIANT', 'This article is a variant itself');
  if (await hasVariant(em, base)) throw articleExists('variantOf');
}

/** Without the id, which may have been left out the first time. */
const hashOf = ({ id: _, ...content }: Input): string =>
  uuidOf(JSON.stringify(Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1))));
