import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/postgresql';
import { NotFound } from '../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { Role } from '../../../shared/protocol/define.ts';
import type { ApiKeyView } from '../../../shared/protocol/identity/views.ts';

export const ApiKey = defineEntity({
  name: 'ApiKey',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version().default(1),
    name: p.string(),
    hint: p.string(),
    secretHash: p.string(),
    roles: p.array().$type<Role[]>(),
    merchantIds: p.array().columnType('uuid[]').$type<string[]>(),
    active: p.boolean(),
    lastUsedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
export type ApiKeyRow = InferEntity<typeof ApiKey>;

/** @throws NotFound */
export async function findApiKey(em: EntityManager, id: string, lock = false): Promise<ApiKeyRow> {
  const key = await em.findOne(ApiKey, { id }, lock ? { lockMode: LockMode.PESSIMISTIC_WRITE } : {});
  if (!key) throw new NotFound('API key');
  return key;
}

export interface KeyInUse {
  id: string;
  name: string;
  roles: Role[];
  merchantIds: string[];
}

/** The active key with this hash; notes its use, at most once a minute, because every request comes by here. */
export async function findKeyInUse(em: EntityManager, secretHash: string, now: Date): Promise<KeyInUse | undefined> {
  const key = await firstRow<KeyInUse>(
    em,
    sql`select id, name, roles, merchant_ids as "merchantIds" from identity.api_key
        where secret_hash = ${secretHash} and active`,
  );
  if (key)
    await rows(
      em,
      sql`update identity.api_key set last_used_at = ${now.toISOString()}::timestamptz
          where id = ${key.id} and (last_used_at is null or last_used_at < ${now.toISOString()}::timestamptz - interval '1 minute')`,
    );
  return key;
}

/** Keys, newest first, from after `[id]`: ids rise with time. */
export async function findApiKeys(
  em: EntityManager,
  active: 'true' | 'false' | undefined,
  after: string[] | undefined,
  limit: number,
): Promise<ApiKeyRow[]> {
  return em.find(
    ApiKey,
    { ...(active ? { active: active === 'true' } : {}), ...(after ? { id: { $lt: after[0]! } } : {}) },
    { orderBy: { id: 'desc' }, limit },
  );
}

export const apiKeyView = (key: ApiKeyRow): ApiKeyView => ({
  id: key.id,
  version: key.version,
  name: key.name,
  hint: key.hint,
  roles: key.roles,
  merchantIds: key.merchantIds,
  active: key.active,
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  createdAt: key.createdAt.toISOString(),
});
