import type { LocalDate } from '../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import { STORAGE, type StorageLine, type StorageMethod, type StorageSnapshot } from '../domain/charge-types/storage.ts';

const INSERT_LINES = 10_000;

export interface NewSnapshot {
  id: string;
  merchantId: string;
  warehouse: string;
  day: LocalDate;
  contentHash: string;
  lines: readonly StorageLine[];
}

export interface StorageContract {
  merchantId: string;
  startsOn: LocalDate;
  endsOn: LocalDate | null;
  method: StorageMethod | null;
}

/** Ids of merchants by their number; numbers that are not known are missing. */
export async function findMerchantNumbers(em: EntityManager, numbers: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<{ number: string; merchantId: string }>(
    em,
    sql`select number, merchant_id as "merchantId" from merchant_ref where number = any(${[...numbers]}::text[])`,
  );
  return new Map(found.map(({ number, merchantId }) => [number, merchantId]));
}

export async function findStorageContracts(
  em: EntityManager,
  merchantIds: readonly string[],
): Promise<StorageContract[]> {
  return rows(
    em,
    sql`select merchant_id as "merchantId", starts_on as "startsOn", ends_on as "endsOn", storage_method as method
        from contract_ref where merchant_id = any(${[...merchantIds]}::uuid[])`,
  );
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
  const values = snapshots.map(({ id, merchantId, warehouse, day, contentHash }) => ({
    id,
    merchantId,
    warehouse,
    day,
    contentHash,
  }));
  const inserted = await rows<{ id: string }>(
    em,
    sql`insert into storage_header (id, merchant_id, warehouse, day, source, content_hash, recorded_by, recorded_at)
        select id, "merchantId", warehouse, day, ${source}, "contentHash", ${by}, ${at.toISOString()}
        from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as n (id uuid, "merchantId" uuid, warehouse text, day date, "contentHash" text)
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

/** A recorded day that is not charged by the method its contract has now. */
export interface MismeasuredDay extends Omit<StorageSnapshot, 'lines'> {
  method: StorageMethod | null;
  /** Whether it has a charge that has to be taken back. */
  isCharged: boolean;
}

/**
 * Days under a contract whose charge is missing or measured by another method. What is billed stays as it is; so does
 * a day that no contract covers any more, because its goods lay there all the same.
 */
export async function findMismeasuredDays(
  em: EntityManager,
  merchantIds: readonly string[],
): Promise<MismeasuredDay[]> {
  return rows(
    em,
    sql`select h.id as "headerId", h.merchant_id as "merchantId", h.warehouse, h.day, c.storage_method as method,
               live.revision is not null as "isCharged", coalesce(s.revision, live.revision, -1) + 1 as revision
        from storage_header h
        join contract_ref c on c.merchant_id = h.merchant_id and h.day between c.starts_on and coalesce(c.ends_on, h.day)
        left join charge_source s on s.source = ${STORAGE} and s.source_event = h.id
        left join lateral (
          select f.revision, f.line_id, f.attributes ->> 'method' as method from charge f
          where f.source = ${STORAGE} and f.source_event = h.id and f.revision >= coalesce(s.revision, 0)
          order by f.revision desc limit 1) live on true
        where h.merchant_id = any(${[...merchantIds]}::uuid[]) and live.line_id is null
          and live.method is distinct from c.storage_method
          and (live.revision is not null or exists (select 1 from storage_line l where l.header_id = h.id))
        order by h.id`,
  );
}

/** The lines of recorded days by header; an empty warehouse has none. */
export async function findLines(em: EntityManager, headerIds: readonly string[]): Promise<Map<string, StorageLine[]>> {
  const found = await rows<StorageLine & { headerId: string }>(
    em,
    sql`select header_id as "headerId", bin, sku, storage_type as "storageType", quantity, volume_m3 as "volumeM3"
        from storage_line where header_id = any(${[...headerIds]}::uuid[])`,
  );
  return Map.groupBy(found, ({ headerId }) => headerId);
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
