import { defineEntity, LockMode, p, type InferEntity } from '@mikro-orm/postgresql';
import { NotFound } from '../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { Role } from '../../../shared/protocol/define.ts';
import type { UserView } from '../../../shared/protocol/identity/views.ts';

export const UserAccount = defineEntity({
  name: 'UserAccount',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version().default(1),
    email: p.string(),
    displayName: p.string(),
    roles: p.array().$type<Role[]>(),
    merchantIds: p.array().columnType('uuid[]').$type<string[]>(),
    passwordHash: p.string(),
    active: p.boolean(),
    lastLoginAt: p.datetime().nullable(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});
export type UserRow = InferEntity<typeof UserAccount>;

/** @throws NotFound */
export async function findUser(em: EntityManager, id: string, lock = false): Promise<UserRow> {
  const user = await em.findOne(UserAccount, { id }, lock ? { lockMode: LockMode.PESSIMISTIC_WRITE } : {});
  if (!user) throw new NotFound('user');
  return user;
}

/** E-mail addresses are told apart without regard to case, as people type them. */
export async function findUserByEmail(em: EntityManager, email: string): Promise<UserRow | null> {
  const found = await firstRow<{ id: string }>(
    em,
    sql`select id from identity.user_account where lower(email) = lower(${email})`,
  );
  return found ? findUser(em, found.id) : null;
}

/** Locks every active administrator, so that two of them cannot demote each other at once. */
export async function lockAdministrators(em: EntityManager): Promise<string[]> {
  const found = await rows<{ id: string }>(
    em,
    sql`select id from identity.user_account where active and 'admin' = any(roles) order by id for update`,
  );
  return found.map(({ id }) => id);
}

export interface UserFilter {
  active?: 'true' | 'false' | undefined;
  merchantId?: string | undefined;
  q?: string | undefined;
}

/** Users by e-mail, from after `[email in lower case, id]`. */
export async function findUsers(
  em: EntityManager,
  { active, merchantId, q }: UserFilter,
  after: string[] | undefined,
  limit: number,
): Promise<UserRow[]> {
  const [email = null, id = null] = after ?? [];
  const found = await rows<{ id: string }>(
    em,
    sql`select id from identity.user_account
        where (${active ?? null}::boolean is null or active = ${active ?? null}::boolean)
          and (${merchantId ?? null}::uuid is null or merchant_ids @> array[${merchantId ?? null}::uuid])
          and (${q ?? null}::text is null or position(lower(${q ?? ''}) in lower(email || ' ' || display_name)) > 0)
          and (${email}::text is null or (lower(email), id) > (${email}::text, ${id}::uuid))
        order by lower(email), id limit ${limit}`,
  );
  const users = await em.find(UserAccount, { id: { $in: found.map((row) => row.id) } });
  const byId = new Map(users.map((user) => [user.id, user]));
  return found.map((row) => byId.get(row.id)!);
}

export const userView = (user: UserRow): UserView => ({
  id: user.id,
  version: user.version,
  email: user.email,
  displayName: user.displayName,
  roles: user.roles,
  merchantIds: user.merchantIds,
  active: user.active,
  lastLoginAt: user.lastLoginAt?.toISOString() ?? null,
  createdAt: user.createdAt.toISOString(),
  updatedAt: user.updatedAt.toISOString(),
});
