import type { LocalDate } from '../../../shared/kernel/dates.ts';
import { parseMicros } from '../../../shared/kernel/decimal.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { StoragePolicy } from '../../../shared/protocol/billing/storage-actions.ts';
import { STORAGE } from '../domain/charge-types/storage.ts';
import type { BinOwner } from '../domain/storage/shared-bins.ts';
import type { StorageDay, StorageTerms } from '../domain/storage/storage-day.ts';

/** Recorded days of one merchant in one warehouse, both ends included. */
export interface Stretch {
  merchantId: string;
  warehouse: string;
  from: LocalDate;
  to: LocalDate;
}

/** What was agreed on storage with merchants, by start. */
export async function findStorageTerms(
  em: EntityManager,
  merchantIds: readonly string[],
): Promise<Map<string, StorageTerms[]>> {
  const found = await rows<StorageTerms & { merchantId: string }>(
    em,
    sql`select merchant_id as "merchantId", id as "contractId", starts_on as "startsOn", ends_on as "endsOn", storage_method as method,
               storage_measure as measure, storage_age_bands as "ageBands"
        from contract_ref where merchant_id = any(${[...merchantIds]}::uuid[]) order by starts_on`,
  );
  return Map.groupBy(found, ({ merchantId }) => merchantId);
}

/** How bins are counted, latest first. */
export async function findPolicies(em: EntityManager): Promise<StoragePolicy[]> {
  return rows(
    em,
    sql`select valid_from as "validFrom", shared_bins as "sharedBins", emptied_bins as "emptiedBins" from storage_policy order by valid_from desc`,
  );
}

/**
 * Whoever measures what depends on other days or other merchants goes alone until the transaction ends, or two at
 * once would each miss what the other writes.
 */
export async function lockStorage(em: EntityManager): Promise<void> {
  await rows(em, sql`select pg_advisory_xact_lock(hashtextextended('kontor.storage', 0))`);
}

/** Recorded days with their lines, by day. */
export async function findDays(em: EntityManager, { merchantId, warehouse, from, to }: Stretch): Promise<StorageDay[]> {
  return rows(
    em,
    sql`select h.id as "headerId", h.merchant_id as "merchantId", h.warehouse, h.day, h.source,
               coalesce((select jsonb_agg(jsonb_build_object('bin', l.bin, 'sku', l.sku, 'storageType', l.storage_type,
                   'quantity', trim_scale(l.quantity)::text, 'volumeM3', trim_scale(l.volume_m3)::text) order by l.ordinal)
                 from storage_line l where l.header_id = h.id), '[]') as lines
        from storage_header h
        where h.merchant_id = ${merchantId} and h.warehouse = ${warehouse} and h.day between ${from} and ${to} order by h.day`,
  );
}

export type Place = Pick<Stretch, 'merchantId' | 'warehouse'>;

/** The last recorded day up to a day. */
export async function lastDayUpTo(em: EntityManager, { merchantId, warehouse }: Place, day: LocalDate) {
  const found = await firstRow<{ day: LocalDate | null }>(
    em,
    sql`select to_char(max(day), 'YYYY-MM-DD') as day from storage_header
        where merchant_id = ${merchantId} and warehouse = ${warehouse} and day <= ${day}`,
  );
  return found?.day ?? null;
}

/** The next recorded day, and the last of all. */
export async function daysAfter(em: EntityManager, { merchantId, warehouse }: Place, day: LocalDate) {
  const found = await firstRow<{ next: LocalDate | null; last: LocalDate | null }>(
    em,
    sql`select to_char(min(day), 'YYYY-MM-DD') as next, to_char(max(day), 'YYYY-MM-DD') as last from storage_header
        where merchant_id = ${merchantId} and warehouse = ${warehouse} and day > ${day}`,
  );
  return found!;
}

/** Days that have a header in any warehouse of the merchant. */
export async function recordedDays(
  em: EntityManager,
  merchantId: string,
  from: LocalDate,
  to: LocalDate,
): Promise<Set<LocalDate>> {
  const found = await rows<{ day: LocalDate }>(
    em,
    sql`select distinct to_char(day, 'YYYY-MM-DD') as day from storage_header
        where merchant_id = ${merchantId} and day between ${from} and ${to}`,
  );
  return new Set(found.map(({ day }) => day));
}

/** What is recorded of a merchant between two days, by warehouse. */
export async function stretchesWithin(em: EntityManager, { merchantId, from, to }: Omit<Stretch, 'warehouse'>) {
  return rows<Stretch>(
    em,
    sql`select merchant_id as "merchantId", warehouse, to_char(min(day), 'YYYY-MM-DD') as from, to_char(max(day), 'YYYY-MM-DD') as to
        from storage_header where merchant_id = ${merchantId} and day between ${from} and ${to}
        group by merchant_id, warehouse order by warehouse`,
  );
}

type DayOwner = BinOwner & { day: LocalDate };

/** Bins of a merchant in which goods of others lay too, by day and bin, with all who had goods there. */
export async function findSharedBins(
  em: EntityManager,
  { merchantId, warehouse, from, to }: Stretch,
): Promise<Map<string, DayOwner[]>> {
  const found = await rows<{
    day: LocalDate;
    bin: string;
    merchantId: string;
    volume: string | null;
    since: LocalDate;
  }>(
    em,
    sql`with own as (
          select distinct h.day, l.bin from storage_header h join storage_line l on l.header_id = h.id
          where h.merchant_id = ${merchantId} and h.warehouse = ${warehouse} and h.day between ${from} and ${to}),
        holder as (
          select h.day, l.bin, h.merchant_id,
                 case when bool_or(l.quantity > 0 and l.volume_m3 is null) then null else coalesce(sum(l.volume_m3) filter (where l.quantity > 0), 0) end as volume,
                 count(*) over (partition by h.day, l.bin) as holders
          from own join storage_header h on h.warehouse = ${warehouse} and h.day = own.day
          join storage_line l on l.header_id = h.id and l.bin = own.bin
          group by h.day, l.bin, h.merchant_id)
        select to_char(s.day, 'YYYY-MM-DD') as day, s.bin, s.merchant_id as "merchantId", s.volume::text as volume,
               (select to_char(min(x.day), 'YYYY-MM-DD') from storage_header x
                where x.merchant_id = s.merchant_id and x.warehouse = ${warehouse} and x.day <= s.day
                  and x.day > coalesce((select max(y.day) from storage_header y
                    where y.merchant_id = s.merchant_id and y.warehouse = ${warehouse} and y.day < s.day
                      and not exists (select 1 from storage_line z where z.header_id = y.id and z.bin = s.bin)), '-infinity')) as since
        from holder s where s.holders > 1`,
  );
  const owners = found.map(({ volume, ...owner }) => ({
    ...owner,
    volumeMicros: volume === null ? null : parseMicros(volume),
  }));
  return Map.groupBy(owners, ({ day, bin }) => binKey(day, bin));
}

export const binKey = (day: LocalDate, bin: string): string => `${day} ${bin}`;

/** The newest charge of a storage fact, or that it has none any more. */
export interface LiveStorage {
  sourceEvent: string;
  /** The header or month it is for. */
  referenceId: string;
  /** Of the fact; the next correction has a higher one. */
  revision: number;
  isCharged: boolean;
  isBilled: boolean;
  unit: string;
  serviceDate: LocalDate;
  measured: string;
  attributes: Record<string, unknown>;
}

/** What storage is charged for, by the days or months it refers to. */
export async function findLiveStorage(em: EntityManager, referenceIds: readonly string[]): Promise<LiveStorage[]> {
  return rows(
    em,
    sql`select distinct on (c.source_event) c.source_event as "sourceEvent", c.reference ->> 'id' as "referenceId",
               greatest(c.revision, coalesce(s.revision, 0)) as revision, c.revision >= coalesce(s.revision, 0) as "isCharged",
               c.line_id is not null as "isBilled", c.unit, to_char(c.service_date, 'YYYY-MM-DD') as "serviceDate",
               coalesce(c.trace ->> 'measured', trim_scale(c.quantity)::text) as measured, c.attributes
        from charge c left join charge_source s on s.source = c.source and s.source_event = c.source_event
        where c.source = ${STORAGE} and c.reference ->> 'id' = any(${[...referenceIds]}::text[])
        order by c.source_event, c.revision desc`,
  );
}

/** Recorded months of merchants, or of all from a day on, in which not every day with goods is billed by itself. */
export async function findUnbilledStretches(
  em: EntityManager,
  merchantIds: readonly string[] | 'all',
  from: LocalDate = '2000-01-01',
): Promise<Stretch[]> {
  const ids = merchantIds === 'all' ? [] : [...merchantIds];
  return rows(
    em,
    sql`select h.merchant_id as "merchantId", h.warehouse, to_char(min(h.day), 'YYYY-MM-DD') as from, to_char(max(h.day), 'YYYY-MM-DD') as to
        from storage_header h
        where (${merchantIds === 'all'} or h.merchant_id = any(${ids}::uuid[])) and h.day >= ${from}
        group by h.merchant_id, h.warehouse, date_trunc('month', h.day)
        having bool_or(exists (select 1 from storage_line l where l.header_id = h.id)
          and not exists (select 1 from charge c where c.source = ${STORAGE} and c.reference ->> 'id' = h.id::text and c.line_id is not null))
        order by h.merchant_id, h.warehouse, min(h.day)`,
  );
}
