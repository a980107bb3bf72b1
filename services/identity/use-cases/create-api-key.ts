import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { asRepeated } from '../../../shared/moleculer/repeated.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { transact } from '../../../shared/messaging/transact.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { identityActions } from '../../../shared/protocol/identity/actions.ts';
import { assertKeyRights, sameSet } from '../domain/rights.ts';
import type { IdentityDeps } from '../identity.deps.ts';
import { ApiKey, apiKeyView, type ApiKeyRow } from '../persistence/api-key.ts';
import { newApiKey } from '../secrets.ts';
import { forHouse, lockId } from './acting.ts';
import { assertMerchantsExist } from './create-user.ts';

type NewKey = InputOf<typeof identityActions.createApiKey>;

/**
 * Creates a key. The secret leaves once and is kept nowhere, so it is added after the transaction: the answer that
 * is stored for a repeated request has `null` in its place.
 */
export async function createApiKey(
  deps: IdentityDeps,
  input: NewKey,
  actor: Actor,
): Promise<OutputOf<typeof identityActions.createApiKey>> {
  assertKeyRights(input);
  await assertMerchantsExist(deps, input.merchantIds, actor.requestId);
  const key = newApiKey();
  let created = false;
  const view = await transact(deps, forHouse(actor), async (em, _announce, audit) => {
    const { name, roles, merchantIds, id = uuidv7(deps.now()) } = input;
    await lockId(em, id);
    const existing = await em.findOne(ApiKey, { id });
    if (existing) return { ...apiKeyView(assertSame(existing, input)), secret: null };
    const row = em.create(ApiKey, {
      id,
      name,
      roles,
      merchantIds,
      hint: key.hint,
      secretHash: key.hash,
      active: true,
      createdAt: deps.now(),
      updatedAt: deps.now(),
    });
    em.persist(row);
    await em.flush();
    audit({
      action: 'api-key.created',
      entity: 'apiKey',
      entityId: id,
      merchantId: null,
      after: { name, roles, merchantIds },
    });
    created = true;
    return { ...apiKeyView(row), secret: null };
  });
  return created ? { ...view, secret: key.secret } : asRepeated({ ...view, secret: null });
}

function assertSame(existing: ApiKeyRow, input: NewKey): ApiKeyRow {
  const same =
    existing.name === input.name &&
    sameSet(existing.roles, input.roles) &&
    sameSet(existing.merchantIds, input.merchantIds);
  if (!same) throw new RuleViolation('ID_TAKEN', 'An API key with this id and other content exists');
  return existing;
}
