import { invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { read, transact, type Audit } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { assertVersion, type Actor } from '../../../../shared/protocol/actor.ts';
import type { dunningActions } from '../../../../shared/protocol/billing/dunning-actions.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { endOfHalfYear, halfYearOf } from '../../domain/dunning/interest.ts';
import { bearingMerchants } from '../../persistence/dunning/claimed-debts.ts';
import { baseRates } from '../../persistence/dunning/overdue.ts';
import { findIssuerForUpdate, ISSUER_ID } from '../../persistence/issuer.ts';
import {
  correctRate,
  dunningSettings,
  enterRate,
  insertStop,
  liftStops,
  listRates,
  listStops,
  lockRate,
  saveSettings,
  stopView,
} from '../../persistence/dunning/settings.ts';
import { lockSettlement, type Booking } from '../../persistence/payments/settling.ts';
import { todayOf } from '../direct-debits/collection-runs.ts';
import { ensureMerchant } from '../merchants/ensure-merchant.ts';
import { bookingOf } from '../payments/settlement.ts';
import { recountClaims } from './recount-claims.ts';

type Actions = typeof dunningActions;
type Stop = OutputOf<Actions['stopDunning']>;

export const getDunningSettings = (
  deps: BillingDeps,
  _input: unknown,
  actor: Actor,
): Promise<OutputOf<Actions['getDunningSettings']>> => read(deps, actor, dunningSettings);

/**
 * @throws AppError 412 when somebody changed them since; RuleViolation until the issuer is set up
 * @throws InvalidInput for a fee beside the lump sum
 */
export async function putDunningSettings(
  deps: BillingDeps,
  settings: InputOf<Actions['putDunningSettings']>,
  actor: Actor,
): Promise<OutputOf<Actions['putDunningSettings']>> {
  assertNoFeeBesideLumpSum(settings);
  return transact(deps, actor, async (em, _announce, audit) => {
    // two who save at once come one after the other, also the first ones
    if (!(await findIssuerForUpdate(em)))
      throw new RuleViolation('ISSUER_MISSING', 'Say first who issues the invoices: PUT /issuer');
    const before = await dunningSettings(em);
    assertVersion(actor, before.version);
    const saved = await saveSettings(em, settings);
    audit({
      ...{ action: 'dunning.settings-changed', entity: 'dunning-settings', entityId: ISSUER_ID, merchantId: null },
      ...{ before: before.settings, after: saved.settings },
    });
    return saved;
  });
}

/** § 288 Abs. 5 Satz 3 BGB: the lump sum counts towards what pursuing the claim costs, so both are not owed together. */
function assertNoFeeBesideLumpSum({ levels, lumpSum }: InputOf<Actions['putDunningSettings']>): void {
  const level = levels.findIndex(({ feeMinor }) => feeMinor > 0);
  if (lumpSum && level >= 0)
    throw invalidField(
      `levels.${level}.feeMinor`,
      'FEE_BESIDE_LUMP_SUM',
      'No fee is owed beside the lump sum: it counts towards the costs of dunning',
    );
}

export const listBaseRates = (
  deps: BillingDeps,
  input: InputOf<Actions['listBaseRates']>,
  actor: Actor,
): Promise<OutputOf<Actions['listBaseRates']>> => read(deps, actor, (em) => listRates(em, input));

/**
 * Enters the rate of a half-year, or corrects it. Open interest that letters counted with a rate that was too high falls
 * with the correction; what one that was too low left out, the next letters claim. What was paid stays paid.
 * @throws InvalidInput for a day that begins no half-year, or without the reason why a rate that is known changes
 */
export async function putBaseRate(
  deps: BillingDeps,
  { validFrom, rateBasisPoints, source, reason }: InputOf<Actions['putBaseRate']>,
  actor: Actor,
): Promise<OutputOf<Actions['putBaseRate']>> {
  if (halfYearOf(validFrom) !== validFrom)
    throw invalidField('validFrom', 'NOT_A_HALF_YEAR', 'A base rate begins on a 1 January or 1 July');
  return transact(deps, actor, async (em, _announce, audit) => {
    const rate = { validFrom, rateBasisPoints, source, enteredBy: actor.id };
    const entered = await enterRate(em, rate);
    const before = entered ? undefined : await lockRate(em, validFrom);
    if (before && reason === undefined)
      throw invalidField('reason', 'REASON_MISSING', 'Say why the base rate is corrected');
    const saved = entered ?? (await correctRate(em, rate));
    audit({
      action: before ? 'dunning.base-rate-corrected' : 'dunning.base-rate-entered',
      ...{ entity: 'base-rate', entityId: validFrom, merchantId: null },
      ...(before ? { before: { rateBasisPoints: before.rateBasisPoints, source: before.source } } : {}),
      after: { rateBasisPoints, source },
      ...(reason === undefined ? {} : { reason }),
    });
    if (before) await recountWith({ em, audit }, validFrom, bookingOf(deps, actor.id));
    return saved;
  });
}

/** Letters that are issued meanwhile wait for the rate, or were waited for. */
async function recountWith(
  tx: { em: EntityManager; audit: Audit },
  validFrom: string,
  booking: Booking,
): Promise<void> {
  const rates = await baseRates(tx.em);
  for (const merchantId of await bearingMerchants(tx.em, { from: validFrom, to: endOfHalfYear(validFrom) })) {
    await lockSettlement(tx.em, merchantId);
    await recountClaims(tx, merchantId, booking, rates);
  }
}

export const listDunningStops = (
  deps: BillingDeps,
  input: InputOf<Actions['listDunningStops']>,
  actor: Actor,
): Promise<OutputOf<Actions['listDunningStops']>> => read(deps, actor, (em) => listStops(em, input, todayOf(deps)));

/** @throws InvalidInput for an unknown merchant or a day that has been */
export async function stopDunning(
  deps: BillingDeps,
  { merchantId, reason, until }: InputOf<Actions['stopDunning']>,
  actor: Actor,
): Promise<Stop> {
  await ensureMerchant(deps, merchantId, 'merchantId', actor);
  if (until !== null && until < todayOf(deps)) throw invalidField('until', 'DAY_HAS_BEEN', 'That day has been');
  return transact(deps, actor, async (em, _announce, audit) => {
    const id = uuidv7(deps.now());
    // a second click waits for the first, and letters that are issued meanwhile for both
    await lockSettlement(em, merchantId);
    await liftStops(em, { merchantId }, actor.id, deps.now());
    await insertStop(em, { id, merchantId, reason, until, by: actor.id, at: deps.now() });
    audit({
      ...{ action: 'dunning.stopped', entity: 'merchant', entityId: merchantId, merchantId, reason },
      after: { until },
    });
    return stopView(em, id);
  });
}

/** @throws NotFound; RuleViolation for one that was lifted */
export async function liftDunningStop(deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<Stop> {
  return transact(deps, actor, async (em, _announce, audit) => {
    const stop = await stopView(em, id);
    const lifted = await liftStops(em, { id }, actor.id, deps.now());
    if (!lifted.length) throw new RuleViolation('STOP_LIFTED', 'The stop was lifted already');
    const { merchantId } = stop;
    audit({ action: 'dunning.resumed', entity: 'merchant', entityId: merchantId, merchantId });
    return stop;
  });
}
