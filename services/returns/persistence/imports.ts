import { uuidOf } from '../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';

export type ImportedReturn = InputOf<typeof returnsActions.importAnnouncedReturns>['returns'][number];

/**
 * Inserts announced returns with their items; what is there already stays as it is.
 * @returns id and number of the new ones
 */
export async function insertAnnounced(
  em: EntityManager,
  given: readonly ImportedReturn[],
  { at, year }: { at: Date; year: string },
): Promise<Map<string, string>> {
  const heads = given.map(({ lines: _, ...head }) => head);
  const items = given.flatMap(({ returnId, merchantId, channel, lines }) =>
    lines.map((item) => ({
      ...item,
      id: uuidOf('return-item', returnId, item.ordinal),
      returnId,
      merchantId,
      channel,
    })),
  );
  const created = await rows<{ id: string; number: string }>(
    em,
    sql`with head as (
          insert into returns.return (id, merchant_id, number, kind, state, match_state, channel, external_number, note,
            announced_at, content_hash, created_at, updated_at)
          select "returnId", "merchantId", ${`RT-${year}-`} || lpad(n, greatest(5, length(n)), '0'), 'withdrawal', 'announced',
            'unmatched', channel, "externalNumber", '', "announcedAt", "contentHash", ${at.toISOString()}::timestamptz, ${at.toISOString()}::timestamptz
          from (select *, nextval('returns.return_number')::text as n
                from jsonb_to_recordset(${JSON.stringify(heads)}::jsonb) as h ("returnId" uuid, "merchantId" uuid, channel text,
                  "externalNumber" text, "announcedAt" timestamptz, "contentHash" text)
                where not exists (select 1 from returns.return r where r.id = h."returnId") offset 0) numbered
          on conflict do nothing returning id, number),
        item as (
          insert into returns.return_item (id, return_id, merchant_id, position, origin, sku, name, quantity, state, note,
            external_reason, reason)
          select i.id, i."returnId", i."merchantId", i.ordinal, 'expected', i.sku, i.name, i.quantity, 'expected', '', i."externalReason",
            (select mapping ->> 'code' from returns.merchant_ref m,
               jsonb_array_elements(m.return_policy -> 'reasonMappings') with ordinality as listed (mapping, place)
             where i."externalReason" is not null and m.merchant_id = i."merchantId" and mapping ->> 'system' = i.channel
               and mapping ->> 'external' = i."externalReason" order by place limit 1)
          from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i (id uuid, "returnId" uuid, "merchantId" uuid, ordinal int,
            sku text, name text, quantity int, channel text, "externalReason" text)
          where i."returnId" in (select id from head))
        select id, number from head`,
  );
  return new Map(created.map(({ id, number }) => [id, number]));
}

/** Content hashes of returns that exist, by merchant, channel and external number. */
export async function contentHashes(
  em: EntityManager,
  given: readonly ImportedReturn[],
): Promise<(key: ImportedReturn) => string | undefined> {
  const found = await rows<{ merchantId: string; channel: string; externalNumber: string; contentHash: string }>(
    em,
    sql`select r.merchant_id as "merchantId", r.channel, r.external_number as "externalNumber", r.content_hash as "contentHash"
        from unnest(${given.map(({ merchantId }) => merchantId)}::uuid[], ${given.map(({ channel }) => channel)}::text[],
          ${given.map(({ externalNumber }) => externalNumber)}::text[]) as k (merchant_id, channel, external_number)
        join returns.return r using (merchant_id, channel, external_number)`,
  );
  const keyOf = (row: Pick<ImportedReturn, 'merchantId' | 'channel' | 'externalNumber'>) =>
    JSON.stringify([row.merchantId, row.channel, row.externalNumber]);
  const byKey = new Map(found.map((row) => [keyOf(row), row.contentHash]));
  return (key) => byKey.get(keyOf(key));
}
