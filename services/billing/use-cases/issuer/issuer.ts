import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { AppError, NotFound } from '../../../../shared/kernel/errors.ts';
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

/** billing.md, A merchant row is parked: three times the usual; the same bound for what changed since the run before. */
const DEFAULT_CHECKS = { aboveUsualPercent: 300, changePercent: 200 };

/** The notice of the SEPA rulebooks unless less is agreed (EPC016-06, 4.6.4). */
const PRE_NOTIFICATION_DAYS = 14;

/**
 * Sets the issuer up or replaces what it says. The day billing starts stays unless a new one is given.
 * @throws AppError 412 when somebody changed it since; 403 for who may not switch four eyes off
 */
export async function putIssuer(
  deps: BillingDeps,
  {
    profile,
    numberPattern,
    billingStartsOn,
    waitDays,
    approval,
    checks,
    preNotificationDays,
  }: InputOf<typeof pricingActions.putIssuer>,
  actor: Actor,
): Promise<Issuer> {
  return transact(deps, actor, async (em, _announce, audit) => {
    const before = await findIssuerForUpdate(em);
    assertVersion(actor, before?.version ?? 0);
    assertMaySwitchOff(actor, before?.approval, approval);
    const issuer = await saveIssuer(em, {
      profile,
      numberPattern,
      waitDays,
      // who does not know of them must not switch them off
      approval: approval ?? before?.approval ?? { fourEyes: false },
      checks: {
        aboveUsualPercent:
          checks?.aboveUsualPercent ?? before?.checks.aboveUsualPercent ?? DEFAULT_CHECKS.aboveUsualPercent,
        changePercent: checks?.changePercent ?? before?.checks.changePercent ?? DEFAULT_CHECKS.changePercent,
      },
      preNotificationDays: preNotificationDays ?? before?.preNotificationDays ?? PRE_NOTIFICATION_DAYS,
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

/** Whoever needs a second person to approve must not be able to do without one. */
function assertMaySwitchOff(
  { roles }: Actor,
  before: Issuer['approval'] | undefined,
  after: Issuer['approval'] | undefined,
): void {
  if (before?.fourEyes && after?.fourEyes === false && !roles.includes('admin'))
    throw new AppError(403, 'FOUR_EYES_ADMIN', 'Only an administrator switches four eyes off', {
      errors: [
        { path: 'approval.fourEyes', code: 'FOUR_EYES_ADMIN', message: 'Only an administrator switches this off' },
      ],
    });
}
