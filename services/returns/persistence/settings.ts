import { AppError } from '../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import { returnPolicy, type ReturnPolicy } from '../../../shared/protocol/merchants/return-policy.ts';
import type { ReturnChecklist, ReturnPhrase } from '../../../shared/protocol/returns/settings-actions.ts';
import type { ReturnRule } from '../domain/disposition-rules.ts';

/** Lists that a merchant or the house keeps of its own. */
export interface OwnLists {
  return_phrase: ReturnPhrase;
  return_checklist: ReturnChecklist;
}
type ListName = keyof OwnLists;

/** A list with its owner (`null`: the house); version 0 while it was never written. */
export interface OwnList<Entry> {
  merchantId: string | null;
  version: number;
  entries: Entry[];
}

/** @param lock  keeps it until the transaction ends, if it is there */
export async function findList<Name extends ListName>(
  em: EntityManager,
  name: Name,
  merchantId: string | null,
  lock = false,
): Promise<OwnList<OwnLists[Name]>> {
  const found = await firstRow<{ version: number; entries: OwnLists[Name][] }>(
    em,
    sql`select version, entries from ${sql.table(`returns.${name}`)}
        where owner = coalesce(${merchantId}::uuid, ${NOBODY}::uuid) ${lock ? sql`for update` : sql``}`,
  );
  return { merchantId, ...(found ?? { version: 0, entries: [] }) };
}

/** Of the house and of every merchant in scope. */
export async function findLists<Name extends ListName>(
  em: EntityManager,
  name: Name,
  merchantId?: string,
): Promise<OwnList<OwnLists[Name]>[]> {
  return rows(
    em,
    sql<
      OwnList<OwnLists[Name]>
    >`select merchant_id as "merchantId", version, entries from ${sql.table(`returns.${name}`)}
      ${merchantId === undefined ? sql`` : sql`where merchant_id = ${merchantId} or merchant_id is null`}`,
  );
}

/**
 * Writes the next version of a list.
 * @throws AppError 412 when someone else wrote it since
 */
export async function saveList<Name extends ListName>(
  em: EntityManager,
  name: Name,
  { merchantId, version, entries }: OwnList<OwnLists[Name]>,
  at: Date,
): Promise<OwnList<OwnLists[Name]>> {
  const written = await firstRow<{ version: number }>(
    em,
    sql`insert into ${sql.table(`returns.${name}`)} as own (merchant_id, version, entries, updated_at)
        values (${merchantId}, 1, ${JSON.stringify(entries)}::jsonb, ${at.toISOString()}::timestamptz)
        on conflict (owner) do update set version = own.version + 1, entries = excluded.entries, updated_at = excluded.updated_at
          where own.version = ${version}
        returning version`,
  );
  if (!written) throw new AppError(412, 'VERSION_STALE', 'Someone else changed this in the meantime; read it again');
  return { merchantId, version: written.version, entries };
}

/** A merchant with its rules, as far as it has been heard of. */
export interface MerchantHandling {
  merchantId: string;
  number: string;
  name: string;
  rules: ReturnRule[];
  policy: ReturnPolicy;
}

/** Merchants in scope, by number. */
export async function findHandlings(em: EntityManager, merchantId?: string): Promise<MerchantHandling[]> {
  const found = await rows(
    em,
    sql<Omit<MerchantHandling, 'policy'> & { policy: unknown }>`
      select merchant_id as "merchantId", number, name, return_rules as rules, return_policy as policy
      from returns.merchant_ref ${merchantId === undefined ? sql`` : sql`where merchant_id = ${merchantId}`} order by number, merchant_id`,
  );
  return found.map((row) => ({ ...row, policy: returnPolicy.parse(row.policy) }));
}

const NOBODY = '00000000-0000-0000-0000-000000000000';
