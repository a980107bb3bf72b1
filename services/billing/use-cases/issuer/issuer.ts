import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { NotFound } from '../../../../shared/kernel/errors.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import { assertVersion, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { pricingActions } from '../../../../shared/protocol/billing/pricing-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { findIssuer, findIssuerForUpdate, ISSUER_ID, saveIssuer, type Issuer } from '../../persistence/issuer.ts';

/** @throws NotFound until it is set up */
export async function getIssuer(deps: BillingDeps, _input: unknown, actor: Actor): Promise<Issuer> {
  const issuer = await read(deps, actor, findIssuer);
  if (!issuer) throw new NotFound('issuer');
  return issuer;
}

/** Sets the issuer up or replaces what it says. The day billing starts stays unless a new one is given. */
export async function putIssuer(
  deps: BillingDeps,
  { profile, numberPattern, billingStartsOn, waitDays }: InputOf<typeof pricingActions.putIssuer>,
  actor: Actor,
): Promise<Issuer> {
  return transact(deps, actor, async (em, _announce, audit) => {
    const before = await findIssuerForUpdate(em);
    assertVersion(actor, before?.version ?? 0);
    const issuer = await saveIssuer(em, {
      profile,
      numberPattern,
      waitDays,
      billingStartsOn: billingStartsOn ?? before?.billingStartsOn ?? localDateOf(deps.now(), deps.config.KONTOR_ZONE),
    });
    audit({
      action: before ? 'issuer.changed' : 'issuer.set-up',
      entity: 'issuer',
      entityId: ISSUER_ID,
      merchantId: null,
      ...(before ? { before } : {}),
      after: issuer,
    });
    return issuer;
  });
}
