import type { LocalDate } from '../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import type { StorageLine } from '../domain/storage/storage-day.ts';

const INSERT_LINES = 10_000;

export interface NewSnapshot {
  id: string;
  merchantId: string;
  warehouse: string;
  day: LocalDate;
  contentHash: string;
  lines: readonly StorageLine[];
  /** Of a day that was rebuilt: what it was made of. */
  rebuiltFrom?: { day: LocalDate; movedPieces: number };
}

/** Ids of merchants by their number; numbers that are not known are missing. */
export async function findMerchantNumbers(em: EntityManager, numbers: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<{ number: string; merchantId: string }>(
    em,
    sql`select number, merchant_id as "merchantId" from merchant_ref where number = any(${[...numbers]}::text[])`,
  );
  return new Map(found.map(({ number, merchantId }) => [number, merchantId]));
}

/** Where the stock of a day comes from: what is recorded of it says so, and before that the contract. */
export type DaySource = 'ledger' | 'external';

/** Of days in the order given; `external` also for days of no contract. */
export async function sourcesOfDays(
  em: EntityManager,
  days: readonly Pick<NewSnapshot, 'merchantId' | 'day'>[],
): Promise<DaySource[]> {
  const merchantIds = days.map(({ merchantId }) => merchantId);
  const found = await rows<{ source: DaySource }>(
    em,
    sql`with asked as (
          select * from unnest(${merchantIds}::uuid[], ${days.map(({ day }) => day)}::date[]) with ordinality as n (merchant_id, day, ordinal)),
        told as (
          select h.merchant_id, h.day, case when bool_or(h.source = 'ledger') then 'ledger' else 'external' end as source
          from storage_header h
          where h.merchant_id = any(${[...new Set(merchantIds)]}::uuid[])
            and h.day between (select min(day) from asked) and (select max(day) from asked) group by 1, 2)
        select coalesce(t.source, (
            select c.storage_source from contract_ref c
            where c.merchant_id = n.merchant_id and c.storage_method is not null and n.day between c.starts_on and coalesce(c.ends_on, n.day)
            limit 1), 'external') as source
        from asked n left join told t using (merchant_id, day) order by n.ordinal`,
  );
  return found.map(({ source }) => source);
}

/**
 * Writes the headers that do not exist yet; two requests at once for one day wait for each other.
 * @returns ids of the new ones
 */
export async function insertHeaders(
  em: EntityManager,
  snapshots: readonly NewSnapshot[],
  { source, by, at }: { source: string; by: string; at: Date },
): Promise<Set<string>> {
  const values = snapshots.map(({ id, merchantId, warehouse, day, contentHash, rebuiltFrom = null }) => ({
    id,
    merchantId,
    warehouse,
    day,
    contentHash,
    rebuiltFrom,
  }));
  const inserted = await rows<{ id: string }>(
    em,
    sql`insert into storage_header (id, merchant_id, warehouse, day, source, content_hash, recorded_by, recorded_at, rebuilt_from)
        select id, "merchantId", warehouse, day, ${source}, "contentHash", ${by}, ${at.toISOString()}, nullif("rebuiltFrom", 'null')
        from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as n (id uuid, "merchantId" uuid, warehouse text, day date, "contentHash" text, "rebuiltFrom" jsonb)
        order by "merchantId", warehouse, day
        on conflict (merchant_id, warehouse, day) do nothing returning id`,
  );
  return new Set(inserted.map(({ id }) => id));
}

/** Hash and source of the days that are recorded, in the order given; every one exists. */
export async function findHeaders(
  em: EntityManager,
  days: readonly Pick<NewSnapshot, 'merchantId' | 'warehouse' | 'day'>[],
): Promise<{ merchantId: string; warehouse: string; day: LocalDate; contentHash: string; source: string }[]> {
  return rows(
    em,
    sql`select h.merchant_id as "merchantId", h.warehouse, h.day, h.content_hash as "contentHash", h.source
        from unnest(${days.map(({ merchantId }) => merchantId)}::uuid[], ${days.map(({ warehouse }) => warehouse)}::text[],
               ${days.map(({ day }) => day)}::date[]) with ordinality as n (merchant_id, warehouse, day, ordinal)
        join storage_header h using (merchant_id, warehouse, day) order by n.ordinal`,
  );
}

export async function insertLines(em: EntityManager, snapshots: readonly NewSnapshot[]): Promise<void> {
  const values = snapshots.flatMap(({ id, merchantId, lines }) =>
    lines.map((line, index) => ({ ...line, headerId: id, merchantId, ordinal: index + 1 })),
  );
  for (let start = 0; start < values.length; start += INSERT_LINES)
    await rows(
      em,
      sql`insert into storage_line (header_id, merchant_id, ordinal, bin, sku, storage_type, quantity, volume_m3)
          select "headerId", "merchantId", ordinal, bin, sku, "storageType", quantity, "volumeM3"
          from jsonb_to_recordset(${JSON.stringify(values.slice(start, start + INSERT_LINES))}::jsonb) as n ("headerId" uuid, "merchantId" uuid,
            ordinal integer, bin text, sku text, "storageType" text, quantity numeric, "volumeM3" numeric)`,
    );
}

export interface HeaderRow {
  id: string;
  merchantId: string;
  warehouse: string;
  day: LocalDate;
  source: string;
  lines: number;
  quantity: string;
  volumeM3: string | null;
  recordedBy: string;
  recordedAt: string;
}

/** Recorded days, newest record first. `volumeM3` is `null` when a line has none. */
export async function listHeaderPage(
  em: EntityManager,
  { merchantId, warehouse, from, to }: InputOf<typeof pricingActions.listStorageSnapshots>,
  before: string | undefined,
  limit: number,
): Promise<HeaderRow[]> {
  const conditions = [
    sql`true`,
    ...(before === undefined ? [] : [sql`h.id < ${before}`]),
    ...(merchantId === undefined ? [] : [sql`h.merchant_id = ${merchantId}`]),
    ...(warehouse === undefined ? [] : [sql`h.warehouse = ${warehouse}`]),
    ...(from === undefined ? [] : [sql`h.day >= ${from}`]),
    ...(to === undefined ? [] : [sql`h.day <= ${to}`]),
  ];
  return rows(
    em,
    sql`select h.id, h.merchant_id as "merchantId", h.warehouse, h.day, h.source, h.recorded_by as "recordedBy", h.recorded_at as "recordedAt",
               sums.lines, trim_scale(sums.quantity)::text as quantity, trim_scale(sums.volume)::text as "volumeM3"
        from storage_header h
        cross join lateral (
          select count(*)::integer as lines, coalesce(sum(l.quantity), 0) as quantity,
                 case when count(*) = count(l.volume_m3) then coalesce(sum(l.volume_m3), 0) end as volume
          from storage_line l where l.header_id = h.id) sums
        where ${sql.join(conditions, sql` and `)} order by h.id desc limit ${limit}`,
  );
}

/** The warehouses that ever told of a merchant's stock, by name. */
export async function knownWarehouses(em: EntityManager, merchantId: string): Promise<string[]> {
  const found = await rows<{ warehouse: string }>(
    em,
    sql`select distinct warehouse from storage_header where merchant_id = ${merchantId} order by warehouse`,
  );
  return found.map(({ warehouse }) => warehouse);
}
