import { invalidField, NotFound, RuleViolation } from '../../../shared/kernel/errors.ts';
import { uuidOf, uuidv7 } from '../../../shared/kernel/ids.ts';
import { asRepeated } from '../../../shared/moleculer/repeated.ts';
import { read, transact } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { readTimeCursor, toPage } from '../../../shared/persistence/page.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { assertVersion, isStaff, type Actor } from '../../../shared/protocol/actor.ts';
import type { AuditAction } from '../../../shared/protocol/audit-actions.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { syncActions } from '../../../shared/protocol/sync/actions.ts';
import type { ConnectionView } from '../../../shared/protocol/sync/views.ts';
import {
  CONNECTION_COLUMNS,
  connectionView,
  findConnection,
  findConnectionForUpdate,
  insertConnection,
  removeConnection,
  updateConnection,
  type ConnectionRow,
  type ConnectionSettings,
} from '../persistence/connections.ts';
import { requeue } from '../persistence/outgoing.ts';
import type { SyncDeps } from '../sync.deps.ts';
import { resolveTarget } from '../../../shared/outbound/resolve-target.ts';
import { newSecret } from '../webhooks/signature.ts';
import { checkedTarget } from '../../../shared/outbound/target.ts';
import { seal, unseal } from '../webhooks/vault.ts';
import { knowMerchant } from './know-merchant.ts';

/** Connections, newest first; a merchant sees its own. */
export async function listConnections(
  deps: SyncDeps,
  { limit, cursor, merchantId }: InputOf<typeof syncActions.listConnections>,
  actor: Actor,
): Promise<OutputOf<typeof syncActions.listConnections>> {
  const before = readTimeCursor(cursor);
  const conditions = [
    sql`c.deleted_at is null`,
    ...(merchantId ? [sql`c.merchant_id = ${merchantId}`] : []),
    ...(before ? [sql`(c.created_at, c.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`] : []),
  ];
  const found = await read(deps, actor, (em) =>
    rows<ConnectionRow>(
      em,
      sql<ConnectionRow>`select ${CONNECTION_COLUMNS} from connection c where ${sql.join(conditions, sql` and `)}
          order by c.created_at desc, c.id desc limit ${limit + 1}`,
    ),
  );
  return toPage(found, limit, ({ createdAt, id }) => [createdAt, id], connectionView);
}

/**
 * Adds a webhook with a new secret. The secret is read by an action of its own, so that it stands in no stored answer.
 * @throws InvalidInput   a target that is not in the public internet, a merchant that is missing or unknown
 * @throws RuleViolation  `CONNECTION_EXISTS` when the id is taken
 */
export async function createConnection(
  deps: SyncDeps,
  input: InputOf<typeof syncActions.createConnection>,
  actor: Actor,
): Promise<ConnectionView> {
  const { merchantId, name, url, events } = input;
  if (merchantId !== null) await knowMerchant(deps, merchantId, actor);
  else if (!isStaff(actor)) throw invalidField('merchantId', 'REQUIRED', 'Name the merchant of this connection');
  await assertTarget(deps, url);
  const id = input.id ?? uuidv7(deps.now());
  const contentHash = uuidOf(JSON.stringify([merchantId, name, url, events]));
  const sealedSecret = seal(deps.keys.vault, id, newSecret());
  return transact(deps, actor, async (em, _announce, audit) => {
    const given = { id, merchantId, name, url, events, active: true, sealedSecret, contentHash };
    const created = await insertConnection(em, given, deps.now());
    if (!created) {
      const existing = await findConnection(em, id);
      if (existing?.contentHash === contentHash) return asRepeated(connectionView(existing));
      throw new RuleViolation('CONNECTION_EXISTS', 'There is another connection with this id');
    }
    audit({ ...entry('connection.created', created), after: { name, url, events } });
    return connectionView(created);
  });
}

/** @throws NotFound; InvalidInput for a target that is not in the public internet */
export async function changeConnection(
  deps: SyncDeps,
  input: InputOf<typeof syncActions.changeConnection>,
  actor: Actor,
): Promise<ConnectionView> {
  if (input.url !== undefined) await assertTarget(deps, input.url);
  return transact(deps, actor, async (em, _announce, audit) => {
    const before = await locked(em, input.id);
    assertVersion(actor, before.version);
    const settings = {
      name: input.name ?? before.name,
      url: input.url ?? before.url,
      events: input.events ?? before.events,
      active: input.active ?? before.active,
    };
    const after = await updateConnection(em, before.id, settings, deps.now());
    audit({ ...entry('connection.changed', after), before: settingsOf(before), after: settings });
    return connectionView(after);
  });
}

/** @throws NotFound */
export async function deleteConnection(
  deps: SyncDeps,
  { id }: InputOf<typeof syncActions.deleteConnection>,
  actor: Actor,
): Promise<Record<string, never>> {
  return transact(deps, actor, async (em, _announce, audit) => {
    const before = await locked(em, id);
    assertVersion(actor, before.version);
    await removeConnection(em, id, deps.now());
    audit({ ...entry('connection.removed', before), before: settingsOf(before) });
    return {};
  });
}

/** @throws NotFound */
export async function getConnectionSecret(
  deps: SyncDeps,
  { id }: InputOf<typeof syncActions.getConnectionSecret>,
  actor: Actor,
): Promise<{ secret: string }> {
  // under no key of a repeatable request, because its answer would be stored
  const { kind, id: actorId, roles, scope, requestId } = actor;
  return transact(deps, { kind, id: actorId, roles, scope, requestId }, async (em, _announce, audit) => {
    const connection = await locked(em, id);
    audit(entry('connection.secret-read', connection));
    return { secret: unseal(deps.keys.vault, id, connection.sealedSecret) };
  });
}

/** The manual start. @throws NotFound; RuleViolation `CONNECTION_INACTIVE` */
export async function runConnection(
  deps: SyncDeps,
  { id, from }: InputOf<typeof syncActions.runConnection>,
  actor: Actor,
): Promise<{ queued: number }> {
  const since = from === undefined ? null : new Date(from);
  if (since && since.getTime() < Date.UTC(2000, 0, 1))
    throw invalidField('from', 'TOO_EARLY', 'Must not lie before the year 2000');
  const answer = await transact(deps, actor, async (em, _announce, audit) => {
    const connection = await locked(em, id);
    if (!connection.active) throw new RuleViolation('CONNECTION_INACTIVE', 'Switch the connection on first');
    const queued = await requeue(em, id, since);
    audit({ ...entry('connection.started', connection), after: { queued, from: from ?? null } });
    return { queued };
  });
  deps.wakers.get('send-webhooks')?.();
  return answer;
}

async function locked(em: EntityManager, id: string): Promise<ConnectionRow> {
  const found = await findConnectionForUpdate(em, id);
  if (!found) throw new NotFound('connection');
  return found;
}

async function assertTarget(deps: SyncDeps, url: string): Promise<void> {
  const rules = { allowPrivate: deps.config.WEBHOOK_ALLOW_PRIVATE === 'true' };
  await resolveTarget(checkedTarget(url, rules), deps.resolve, rules);
}

const settingsOf = ({ name, url, events, active }: ConnectionRow): ConnectionSettings => ({
  name,
  url,
  events,
  active,
});
const entry = (action: AuditAction, { id, merchantId }: Pick<ConnectionRow, 'id' | 'merchantId'>) => ({
  action,
  entity: 'connection',
  entityId: id,
  merchantId,
});
