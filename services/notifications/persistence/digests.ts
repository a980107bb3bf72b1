import type { LocalDate } from '../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { affected, rows, sql } from '../../../shared/persistence/sql.ts';
import type { SettingKind } from '../../../shared/protocol/notifications/template-actions.ts';

/** Something that a digest tells. */
export interface DigestEntry {
  eventId: string;
  merchantId: string;
  kind: SettingKind;
  documentId: string;
  revision: number;
  occurredAt: string;
  payload: unknown;
}

/**
 * Makes collecting for a merchant and telling it happen one after the other. Without it an entry could be collected
 * for a day whose digest is being made, and would be told by none.
 */
export async function lockDigests(em: EntityManager, merchantIds: readonly string[]): Promise<void> {
  await rows(
    em,
    sql`select pg_advisory_xact_lock(hashtextextended('notifications.digest ' || m::text, 0))
        from (select unnest(${[...new Set(merchantIds)].toSorted()}::uuid[]) as m order by 1) merchants`,
  );
}

/**
 * Keeps events for the next digest of their merchant. What was told one by one, or is kept already, is left out.
 * @param day  the next digest by the clock; when that one is made already, the one after it
 */
export async function collect(
  em: EntityManager,
  entries: readonly DigestEntry[],
  day: LocalDate,
  now: Date,
): Promise<void> {
  const given = entries.map((entry) => ({
    event_id: entry.eventId,
    merchant_id: entry.merchantId,
    kind: entry.kind,
    document_id: entry.documentId,
    revision: entry.revision,
    occurred_at: entry.occurredAt,
    payload: entry.payload,
  }));
  await rows(
    em,
    sql`insert into digest_entry (event_id, merchant_id, kind, document_id, revision, day, occurred_at, payload, created_at)
        select e.event_id, e.merchant_id, e.kind, e.document_id, e.revision,
          greatest(${day}::date, (select max(d.day) + 1 from digest d where d.merchant_id = e.merchant_id)),
          e.occurred_at, e.payload, ${now.toISOString()}
        from jsonb_populate_recordset(null::digest_entry, ${JSON.stringify(given)}::jsonb) e
        where not exists (select from message m where m.document_id = e.document_id and m.kind = e.kind and m.revision = e.revision)
        on conflict do nothing`,
  );
}

/** Which of some documents a digest tells or will tell, as `kind documentId revision`. */
export async function collected(
  em: EntityManager,
  kind: SettingKind,
  documentIds: readonly string[],
): Promise<Set<string>> {
  const found = await rows<{ key: string }>(
    em,
    sql<{ key: string }>`select document_id || ' ' || revision as key from digest_entry
        where kind = ${kind} and document_id = any(${[...documentIds]}::uuid[])`,
  );
  return new Set(found.map(({ key }) => key));
}

export interface DueDigest {
  merchantId: string;
  day: LocalDate;
}

/** The digests that are due, oldest first. */
export async function dueDigests(em: EntityManager, lastDay: LocalDate, limit: number): Promise<DueDigest[]> {
  return rows<DueDigest>(
    em,
    sql<DueDigest>`select merchant_id as "merchantId", day from digest_entry
        where digest_id is null and day <= ${lastDay} group by day, merchant_id order by day, merchant_id limit ${limit}`,
  );
}

/**
 * Makes the digest of a merchant and day and takes what it tells.
 * @returns nothing when another worker has made it
 */
export async function takeDigest(
  em: EntityManager,
  { id, merchantId, day }: { id: string; merchantId: string; day: LocalDate },
  now: Date,
): Promise<DigestEntry[]> {
  const made = await affected(
    em,
    sql`insert into digest (id, merchant_id, day, created_at) values (${id}, ${merchantId}, ${day}, ${now.toISOString()})
        on conflict do nothing`,
  );
  if (!made) return [];
  return rows<DigestEntry>(
    em,
    sql<DigestEntry>`with told as (
          update digest_entry set digest_id = ${id} where merchant_id = ${merchantId} and day = ${day} and digest_id is null returning *)
        select event_id as "eventId", merchant_id as "merchantId", kind, document_id as "documentId", revision,
          occurred_at as "occurredAt", payload
        from told order by occurred_at, event_id`,
  );
}
