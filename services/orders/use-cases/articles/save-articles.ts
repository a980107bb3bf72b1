import { InvalidInput, invalidField, type FieldError } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { ordersActions } from '../../../../shared/protocol/orders/actions.ts';
import { bareArticle, entered, withFields, type Article } from '../../domain/articles.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { lockArticles } from '../../persistence/articles.ts';
import { knowMerchant } from '../know-merchant.ts';
import { asArticleRules, keepArticles, type ArticleWrite } from './keep-articles.ts';

type Input = InputOf<typeof ordersActions.saveArticles>;

/**
 * Enters or changes articles by SKU, all of them or none, in a handful of statements. What is left out stays as it is,
 * so the same request again changes nothing.
 * @throws InvalidInput   an SKU that is named twice, a new article without a name; further errors: keep-articles.ts
 */
export async function saveArticles(
  deps: OrdersDeps,
  { merchantId, articles }: Input,
  actor: Actor,
): Promise<OutputOf<typeof ordersActions.saveArticles>> {
  const now = deps.now();
  assertOnce(articles.map(({ sku }) => sku));
  await knowMerchant(deps, merchantId, actor);
  return asArticleRules(
    transact(deps, actor, async (em, announce, audit) => {
      const skus = articles.map(({ sku }) => sku);
      const known = await lockArticles(em, merchantId, skus);
      const writes = articles.map((fields, index): ArticleWrite => {
        const before = known.get(fields.sku);
        const path = `articles.${index}.`;
        if (before) return { before, after: entered(before, withFields(before, fields)), path };
        return { after: newArticle({ ...fields, merchantId }, path, now), path };
      });
      const kept = await keepArticles({ em, announce, audit }, writes, now);
      const created = kept.filter(({ before }) => !before).length;
      return { created, changed: kept.length - created, unchanged: writes.length - kept.length };
    }),
  );
}

function newArticle(given: Input['articles'][number] & { merchantId: string }, path: string, now: Date): Article {
  const { merchantId, sku, name } = given;
  if (name === undefined) throw invalidField(`${path}name`, 'REQUIRED', 'A new article needs a name');
  return withFields(bareArticle({ id: uuidv7(now), merchantId, sku, name }, 'entered', now), given);
}

function assertOnce(skus: readonly string[]): void {
  const seen = new Set<string>();
  const errors = skus.flatMap((sku, index): FieldError[] => {
    const twice = seen.has(sku);
    seen.add(sku);
    return twice ? [{ path: `articles.${index}.sku`, code: 'DUPLICATE', message: 'This SKU stands there twice' }] : [];
  });
  if (errors.length) throw new InvalidInput(errors);
}
