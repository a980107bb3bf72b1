import { isDeepStrictEqual } from 'node:util';
import { comparableCode } from '../../../../shared/kernel/gtin.ts';
import { InvalidInput } from '../../../../shared/kernel/errors.ts';
import type { Announce, Audit } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { violatedConstraint } from '../../../../shared/persistence/transaction.ts';
import { articleChangedV1, type ArticleSnapshot } from '../../../../shared/protocol/orders/articles.ts';
import {
  ARTICLE_FIELDS,
  articleExists,
  assertArticle,
  bundleCycle,
  eanTaken,
  type Article,
} from '../../domain/articles.ts';
import { insertArticles, replaceEans, takenEans, updateArticles } from '../../persistence/articles.ts';
import { circularBundles, knownSkus, lockBundles, replaceComponents } from '../../persistence/bundles.ts';

/** The transaction that articles are kept in. */
export interface ArticleTx {
  em: EntityManager;
  announce: Announce;
  audit: Audit;
}

export interface ArticleWrite {
  /** Locked; without it the article is new. */
  before?: Article | undefined;
  after: Article;
  /** Put before the names of fields in errors, such as `articles.3.` */
  path: string;
}

/**
 * Writes articles of one merchant that are new or differ from before, set-based, and tells others and the audit trail
 * of each. An article that is as before is left alone and keeps its version.
 * @returns how many were written, with their new versions
 * @throws InvalidInput   what `assertArticle` refuses, an unknown component, a bundle that contains itself
 * @throws RuleViolation  `ARTICLE_EXISTS`, `EAN_TAKEN`
 */
export async function keepArticles(tx: ArticleTx, all: readonly ArticleWrite[], now: Date): Promise<ArticleWrite[]> {
  const writes = all.filter(({ before, after }) => !isDeepStrictEqual(before, after)).map(versioned(now));
  if (!writes.length) return [];
  for (const { after, path } of writes) assertArticle(after, path);
  const created = writes.filter(({ before }) => !before);
  const inserted = await insertArticles(
    tx.em,
    created.map(({ after }) => after),
  );
  const refused = created.find(({ after }) => !inserted.has(after.id));
  if (refused) throw articleExists(`${refused.path}sku`);
  await updateArticles(
    tx.em,
    writes.flatMap(({ before, after }) => (before ? [after] : [])),
  );
  await keepEans(tx.em, writes);
  await keepComponents(tx.em, writes);
  for (const write of writes) tell(tx, write);
  return writes;
}

const versioned =
  (now: Date) =>
  ({ before, after, path }: ArticleWrite): ArticleWrite => ({
    before,
    after: before ? { ...after, version: before.version + 1, updatedAt: now.toISOString() } : after,
    path,
  });

async function keepEans(em: EntityManager, writes: readonly ArticleWrite[]): Promise<void> {
  const changed = writes.filter(({ before, after }) => !isDeepStrictEqual(before?.eans ?? [], after.eans));
  const codes = changed.flatMap(({ after }) => after.eans);
  if (codes.length) {
    const ids = changed.map(({ after }) => after.id);
    const taken = await takenEans(em, changed[0]!.after.merchantId, codes, ids);
    for (const { after, path } of changed)
      for (const [index, code] of after.eans.entries()) {
        if (taken.has(comparableCode(code))) throw eanTaken(`${path}eans.${index}`);
        // the next article of the same request must not have it either
        taken.add(comparableCode(code));
      }
  }
  await replaceEans(
    em,
    changed.map(({ after }) => after),
  );
}

async function keepComponents(em: EntityManager, writes: readonly ArticleWrite[]): Promise<void> {
  const changed = writes.filter(({ before, after }) => !isDeepStrictEqual(before?.components ?? [], after.components));
  if (!changed.length) return;
  const { merchantId } = changed[0]!.after;
  await lockBundles(em, merchantId);
  const skus = changed.flatMap(({ after }) => after.components.map(({ sku }) => sku));
  const known = await knownSkus(em, merchantId, skus);
  const unknown = changed.flatMap(({ after, path }) =>
    after.components.flatMap(({ sku }, index) =>
      known.has(sku)
        ? []
        : [{ path: `${path}components.${index}.sku`, code: 'UNKNOWN_ARTICLE', message: 'There is no such article' }],
    ),
  );
  if (unknown.length) throw new InvalidInput(unknown);
  await replaceComponents(
    em,
    changed.map(({ after }) => after),
  );
  const circular = await circularBundles(
    em,
    merchantId,
    changed.map(({ after }) => after.sku),
  );
  const first = changed.find(({ after }) => circular.has(after.sku));
  if (first) throw bundleCycle(first.path);
}

/** Tells others and the audit trail of an article that was written. */
export function tell({ announce, audit }: ArticleTx, { before, after }: ArticleWrite): void {
  announce(articleChangedV1, snapshotOf(after));
  const fields = [...ARTICLE_FIELDS, 'picture', 'origin'] as const;
  const changed = fields.filter((field) => !isDeepStrictEqual(before?.[field], after[field]));
  const pick = (article: Article) => Object.fromEntries(changed.map((field) => [field, article[field]]));
  audit({
    action: before ? 'article.changed' : 'article.created',
    entity: 'article',
    entityId: after.id,
    merchantId: after.merchantId,
    ...(before ? { before: pick(before) } : {}),
    after: before ? pick(after) : { sku: after.sku, ...pick(after) },
  });
}

const snapshotOf = ({ id, picture, origin: _, contentHash: __, createdAt: ___, updatedAt: ____, ...facts }: Article) =>
  ({
    ...facts,
    articleId: id,
    picture: picture && { thumbKey: picture.thumbKey, webKey: picture.webKey, fullKey: picture.fullKey },
  }) satisfies ArticleSnapshot;

/** Rules that only the database can keep, because two people may act at the same moment. */
export async function asArticleRules<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    throw violatedConstraint(error) === 'article_ean_once' ? eanTaken() : error;
  }
}
