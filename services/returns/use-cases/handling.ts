import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { asksForGroups, type Handling } from '../domain/disposition-rules.ts';
import type { Return } from '../domain/model.ts';
import { findArticles } from '../persistence/articles.ts';
import type { LoadedReturn } from '../persistence/returns.ts';

/**
 * How the merchant of a return wants it handled. The groups of its articles are asked for only where a rule looks at
 * them, because a return has a budget of statements.
 */
export async function handlingOf(
  em: EntityManager,
  { parcel, rules, policy }: Pick<LoadedReturn, 'parcel' | 'rules' | 'policy'>,
): Promise<Handling> {
  const asked = asksForGroups(rules) || asksForGroups(policy.photoRules);
  return { rules, policy, groups: asked ? await groupsOf(em, parcel) : new Map() };
}

/** Groups of the articles in a return, by SKU. */
export async function groupsOf(
  em: EntityManager,
  { merchantId, items }: Pick<Return, 'merchantId' | 'items'>,
): Promise<Handling['groups']> {
  if (merchantId === null) return new Map();
  const articles = await findArticles(
    em,
    merchantId,
    items.flatMap(({ sku }) => sku ?? []),
  );
  return new Map([...articles].map(([sku, { group }]) => [sku, group]));
}

/** The groups of the articles of a return where they are told; asked for only if no rule needed them before. */
export const knownGroups = async (
  em: EntityManager,
  parcel: Pick<Return, 'merchantId' | 'items'>,
  { groups }: Handling,
): Promise<Handling['groups']> => (groups.size ? groups : groupsOf(em, parcel));
