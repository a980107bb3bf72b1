import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { read, transact, type Audit } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { violatedConstraint } from '../../../../shared/persistence/transaction.ts';
import { isStaff, serviceActor, type Actor } from '../../../../shared/protocol/actor.ts';
import { isInEea } from '../../../../shared/protocol/billing/eea.ts';
import type { directDebitActions } from '../../../../shared/protocol/billing/direct-debit-actions.ts';
import type { MandateView } from '../../../../shared/protocol/billing/direct-debit-views.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { usableUntil } from '../../domain/direct-debits/mandates.ts';
import { findIssuer } from '../../persistence/issuer.ts';
import {
  changeMandate,
  countMandates,
  insertMandate,
  listMandates as list,
  lockMandate,
  mandateView,
  unusedMandates,
  type Mandate,
  type MandateChange,
} from '../../persistence/direct-debits/mandates.ts';
import { ensureMerchant } from '../merchants/ensure-merchant.ts';

type Actions = typeof directDebitActions;

/**
 * Records a mandate that a merchant signed.
 * @throws InvalidInput for an unknown merchant, a day to come, a mandate that lapsed already, a reference that is taken, or
 *   an account outside the EEA without BIC
 * @throws RuleViolation without creditor identifier, or while the merchant has a live mandate
 */
export async function createMandate(
  deps: BillingDeps,
  input: InputOf<Actions['createMandate']>,
  actor: Actor,
): Promise<MandateView> {
  await ensureMerchant(deps, input.merchantId, 'merchantId', actor);
  const today = localDateOf(deps.now(), deps.config.KONTOR_ZONE);
  if (input.signedOn > today) throw invalidField('signedOn', 'DAY_TO_COME', 'Nobody has signed it yet');
  if (usableUntil({ signedOn: input.signedOn, lastUsedOn: null }) < today)
    throw invalidField('signedOn', 'MANDATE_LAPSED', 'A mandate that was not used for 36 months has lapsed');
  if (!isInEea(input.iban) && input.bic === undefined)
    throw invalidField('bic', 'BIC_MISSING', 'Of an account outside the EEA the BIC is needed');
  return refusing(() =>
    transact(deps, actor, async (em, _announce, audit) => {
      const id = await agree(deps, em, input);
      const event = { action: 'agreed' as const, reason: null, by: actor.id, at: deps.now() };
      await changeMandate(em, { id, merchantId: input.merchantId }, event);
      const view = await mandateView(em, id);
      const { reference, scheme, signedOn } = view;
      audit({
        ...{ action: 'mandate.agreed', entity: 'mandate', entityId: id, merchantId: input.merchantId },
        after: { reference, scheme, signedOn, iban: maskedIban(view.iban) },
      });
      return view;
    }),
  );
}

async function agree(deps: BillingDeps, em: EntityManager, input: InputOf<Actions['createMandate']>): Promise<string> {
  const creditorId = (await findIssuer(em))?.profile.sepaCreditorId;
  if (!creditorId)
    throw new RuleViolation(
      'CREDITOR_ID_MISSING',
      'Say first by which creditor identifier the house collects: PUT /issuer',
    );
  const { number, count } = await countMandates(em, input.merchantId);
  const mandate = {
    ...{ id: uuidv7(deps.now()), creditorId, createdAt: deps.now(), merchantId: input.merchantId },
    ...{ scheme: input.scheme, kind: input.kind, signedOn: input.signedOn, iban: input.iban },
    ...{ bic: input.bic ?? null, debtorName: input.debtorName, preNotificationDays: input.preNotificationDays ?? null },
  };
  const insert = (reference: string) => insertMandate(em, { ...mandate, reference });
  if (input.reference === undefined) await counted(insert, number, count);
  else if (!(await insert(input.reference)))
    throw invalidField('reference', 'REFERENCE_TAKEN', 'There is a mandate with this reference');
  return mandate.id;
}

const LONGEST_REFERENCE = 35;

/** By merchant and count, up to what is free: numbers of merchants may be the same without their other signs. */
async function counted(insert: (reference: string) => Promise<boolean>, merchant: string, had: number): Promise<void> {
  const plain = merchant.replaceAll(/[^A-Za-z0-9]/g, '');
  for (let next = had + 1; ; next += 1) {
    const end = `-${next}`;
    if (await insert(`${`MANDAT-${plain}`.slice(0, LONGEST_REFERENCE - end.length)}${end}`)) return;
  }
}

/** What the constraint refuses, as an answer. */
async function refusing<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (violatedConstraint(error) === 'mandate_one_live')
      throw new RuleViolation('MANDATE_LIVE', 'The merchant has a mandate; revoke that one first');
    throw error;
  }
}

/** Users of a merchant see their own, and enough of the IBAN to know which account it is. */
export async function listMandates(
  deps: BillingDeps,
  input: InputOf<Actions['listMandates']>,
  actor: Actor,
): Promise<OutputOf<Actions['listMandates']>> {
  const found = await read(deps, actor, (em) => list(em, input));
  if (isStaff(actor)) return found;
  return { ...found, items: found.items.map((mandate) => ({ ...mandate, iban: maskedIban(mandate.iban), bic: null })) };
}

export const maskedIban = (iban: string): string =>
  `${iban.slice(0, 4)}${'•'.repeat(iban.length - 8)}${iban.slice(-4)}`;

/** @throws NotFound */
export const getMandate = (deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<MandateView> =>
  read(deps, actor, (em) => mandateView(em, id));

/** @throws NotFound; RuleViolation for one that ended already */
export const revokeMandate = (
  deps: BillingDeps,
  { id, reason }: InputOf<Actions['revokeMandate']>,
  actor: Actor,
): Promise<MandateView> =>
  change(deps, id, actor, ['active', 'blocked'], { action: 'revoked', state: 'revoked', reason });

/** @throws NotFound; RuleViolation for one that is not blocked */
export const unblockMandate = (
  deps: BillingDeps,
  { id, reason }: InputOf<Actions['unblockMandate']>,
  actor: Actor,
): Promise<MandateView> => change(deps, id, actor, ['blocked'], { action: 'unblocked', state: 'active', reason });

/** @throws NotFound; RuleViolation for one that ended already */
export const endMandate = (deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<MandateView> =>
  change(deps, id, actor, ['active'], { action: 'madeFinal', final: true, reason: null });

async function change(
  deps: BillingDeps,
  id: string,
  actor: Actor,
  from: readonly Mandate['state'][],
  what: Pick<MandateChange, 'reason' | 'state' | 'final'> & { action: 'revoked' | 'unblocked' | 'madeFinal' },
): Promise<MandateView> {
  return transact(deps, actor, async (em, _announce, audit) => {
    const mandate = await lockMandate(em, id);
    if (!from.includes(mandate.state) || (what.final && mandate.final))
      throw new RuleViolation('MANDATE_STATE', `The mandate is ${mandate.state}`, { state: mandate.state });
    await changeMandate(em, mandate, { ...what, by: actor.id, at: deps.now() });
    audit({
      ...{ action: AUDITED[what.action], entity: 'mandate', entityId: id, merchantId: mandate.merchantId },
      ...{ before: { state: mandate.state }, ...(what.reason ? { reason: what.reason } : {}) },
    });
    return mandateView(em, id);
  });
}

const AUDITED = {
  revoked: 'mandate.revoked',
  unblocked: 'mandate.unblocked',
  madeFinal: 'mandate.made-final',
} as const;

/**
 * What was not used for 36 months may not be used any more.
 * @returns how many mandates lapsed
 */
export async function lapseMandates(deps: BillingDeps): Promise<number> {
  const actor = serviceActor('billing', `mandates-${uuidv7(deps.now())}`);
  return transact(deps, actor, async (em, _announce, audit) => {
    const unused = await unusedMandates(em, localDateOf(deps.now(), deps.config.KONTOR_ZONE));
    for (const mandate of unused) await lapse(em, audit, mandate, { by: 'clock', at: deps.now(), reason: null });
    return unused.length;
  });
}

/** A mandate ends: unused for too long, or with its last collection. */
export async function lapse(
  em: EntityManager,
  audit: Audit,
  mandate: { id: string; merchantId: string },
  how: Pick<MandateChange, 'by' | 'at' | 'reason'>,
): Promise<void> {
  await changeMandate(em, mandate, { ...how, action: 'lapsed', state: 'lapsed' });
  audit({ action: 'mandate.lapsed', entity: 'mandate', entityId: mandate.id, merchantId: mandate.merchantId });
}
