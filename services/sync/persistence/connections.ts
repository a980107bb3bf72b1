import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { ConnectionView } from '../../../shared/protocol/sync/views.ts';

export type ConnectionRow = ConnectionView & { sealedSecret: string; contentHash: string };

/** The columns of a {@link ConnectionRow}; removed connections are never read. */
export const CONNECTION_COLUMNS = sql`c.id, c.version, c.kind, c.merchant_id as "merchantId", c.name, c.url, c.events, c.active,
  c.failing_since as "failingSince", c.last_success_at as "lastSuccessAt", c.last_error as "lastError",
  c.created_at as "createdAt", c.sealed_secret as "sealedSecret", c.content_hash as "contentHash",
  (select count(*)::int from outgoing o where o.connection_id = c.id and o.state = 'pending') as pending,
  (select count(*)::int from outgoing o where o.connection_id = c.id and o.state = 'failed') as failed`;

export type ConnectionSettings = Pick<ConnectionRow, 'name' | 'url' | 'events' | 'active'>;
export type NewConnection = ConnectionSettings &
  Pick<ConnectionRow, 'id' | 'merchantId' | 'sealedSecret' | 'contentHash'>;

/** @returns `undefined` when the id is taken */
export async function insertConnection(
  em: EntityManager,
  { id, merchantId, name, url, events, active, sealedSecret, contentHash }: NewConnection,
  now: Date,
): Promise<ConnectionRow | undefined> {
  const at = now.toISOString();
  return firstRow<ConnectionRow>(
    em,
    sql<ConnectionRow>`insert into connection as c (id, merchant_id, kind, name, url, events, sealed_secret, active, content_hash, created_at, updated_at)
        values (${id}, ${merchantId}, 'webhook', ${name}, ${url}, ${events}::text[], ${sealedSecret}, ${active}, ${contentHash}, ${at}, ${at})
        on conflict (id) do nothing returning ${CONNECTION_COLUMNS}`,
  );
}

export async function findConnection(em: EntityManager, id: string): Promise<ConnectionRow | undefined> {
  return firstRow<ConnectionRow>(
    em,
    sql<ConnectionRow>`select ${CONNECTION_COLUMNS} from connection c where c.id = ${id} and c.deleted_at is null`,
  );
}

export async function findConnectionForUpdate(em: EntityManager, id: string): Promise<ConnectionRow | undefined> {
  return firstRow<ConnectionRow>(
    em,
    sql<ConnectionRow>`select ${CONNECTION_COLUMNS} from connection c where c.id = ${id} and c.deleted_at is null for update`,
  );
}

/** Changes a locked connection. */
export async function updateConnection(
  em: EntityManager,
  id: string,
  { name, url, events, active }: ConnectionSettings,
  now: Date,
): Promise<ConnectionRow> {
  const [row] = await rows<ConnectionRow>(
    em,
    sql<ConnectionRow>`update connection c set name = ${name}, url = ${url}, events = ${events}::text[], active = ${active},
          version = c.version + 1, updated_at = ${now.toISOString()} where c.id = ${id} returning ${CONNECTION_COLUMNS}`,
  );
  return row!;
}

export async function removeConnection(em: EntityManager, id: string, now: Date): Promise<void> {
  await rows(
    em,
    sql`update connection set active = false, deleted_at = ${now.toISOString()}, version = version + 1 where id = ${id}`,
  );
}

/** Notes how the last attempt went. */
export async function noteHealth(em: EntityManager, id: string, error: string | null, now: Date): Promise<void> {
  const at = now.toISOString();
  await rows(
    em,
    error === null
      ? sql`update connection set failing_since = null, last_error = null, last_success_at = ${at} where id = ${id}`
      : sql`update connection set failing_since = coalesce(failing_since, ${at}), last_error = ${error} where id = ${id}`,
  );
}

export const connectionView = ({ sealedSecret: _, contentHash: __, ...row }: ConnectionRow): ConnectionView => ({
  ...row,
  failingSince: iso(row.failingSince),
  lastSuccessAt: iso(row.lastSuccessAt),
  createdAt: iso(row.createdAt)!,
});

const iso = (text: string | null) => (text === null ? null : new Date(text).toISOString());
