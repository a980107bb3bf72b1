import { invalidField, NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { paymentsActions, PaymentView } from '../../../../shared/protocol/billing/payments-actions.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import {
  insertAllocations,
  insertPayment,
  lockPayment,
  setMerchant,
  UNKNOWN_PAYER,
  type LockedPayment,
  type NewAllocation,
} from '../../persistence/payments/payments.ts';
import { listPayments as list, paymentView } from '../../persistence/payments/payment-views.ts';
import { ensureMerchant } from '../merchants/ensure-merchant.ts';
import { noteBankCollection } from '../direct-debits/book-collection.ts';
import { recountClaims } from '../dunning/recount-claims.ts';
import { bookingOf, type SettlementTx } from './settlement.ts';
import { assertNotToCome } from './value-date.ts';

type Actions = typeof paymentsActions;

/** @throws AppError 403 for an API key of a merchant */
export async function listPayments(
  deps: BillingDeps,
  input: InputOf<Actions['listPayments']>,
  actor: Actor,
): Promise<OutputOf<Actions['listPayments']>> {
  assertHouse(actor);
  return read(deps, actor, (em) => list(em, input));
}

export async function getPayment(deps: BillingDeps, { id }: { id: string }, actor: Actor): Promise<PaymentView> {
  assertHouse(actor);
  return read(deps, actor, (em) => paymentView(em, id));
}

/**
 * Records money that came in, and what it pays.
 * @throws InvalidInput for a day to come, an unknown merchant or a document of another one; NotFound for an unknown document;
 *   RuleViolation when it pays more than is open or than came
 */
export async function recordPayment(
  deps: BillingDeps,
  { allocations, merchantId, payerName, payerIban, note, ...money }: InputOf<Actions['recordPayment']>,
  actor: Actor,
): Promise<PaymentView> {
  assertHouse(actor);
  assertNotToCome(money.valueDate, bookingOf(deps, actor.id).on);
  if (merchantId !== undefined) await ensureMerchant(deps, merchantId, 'merchantId', actor);
  return transact(deps, actor, async (em, _announce, audit) => {
    const tx = { em, audit, booking: bookingOf(deps, actor.id) };
    const payer = { payerName: payerName ?? null, payerIban: payerIban ?? null, note: note ?? null };
    const owner = merchantId ?? (await merchantOfInvoices(em, allocations));
    const id = await insertPayment(
      em,
      { ...UNKNOWN_PAYER, ...money, ...payer, merchantId: owner, source: 'manual' },
      tx.booking,
    );
    audit({
      ...{ action: 'payment.recorded', entity: 'payment', entityId: id, merchantId: owner },
      after: { amountMinor: money.amountMinor, valueDate: money.valueDate, source: 'manual' },
    });
    if (owner) await allocate(tx, { id, merchantId: owner, amountMinor: money.amountMinor }, allocations);
    return paymentView(em, id);
  });
}

/** Money that may have come by a collection, as does all that is an entry of the bank. */
const COLLECTING: ReadonlySet<string> = new Set(['bank', 'directDebit']);

/**
 * Uses what is left of a payment. One whose merchant is unknown becomes that of the documents.
 * @throws as {@link recordPayment}
 */
export async function allocatePayment(
  deps: BillingDeps,
  { id, allocations }: InputOf<Actions['allocatePayment']>,
  actor: Actor,
): Promise<PaymentView> {
  assertHouse(actor);
  return transact(deps, actor, async (em, _announce, audit) => {
    const tx = { em, audit, booking: bookingOf(deps, actor.id) };
    const payment = await lockPayment(em, id);
    const merchantId = payment.merchantId ?? (await merchantOfInvoices(em, allocations))!;
    if (!payment.merchantId) await setMerchant(em, id, merchantId);
    await allocate(tx, { ...payment, merchantId }, allocations);
    if (COLLECTING.has(payment.source) || payment.bankEntryId) await noteBankCollection(tx, id);
    return paymentView(em, id);
  });
}

/**
 * Allocates amounts that are told without a sign; what goes out pays what the house owes.
 * @throws as {@link recordPayment}
 */
export async function allocate(
  { em, audit, booking }: SettlementTx,
  payment: Pick<LockedPayment, 'id' | 'amountMinor'> & { merchantId: string },
  allocations: readonly NewAllocation[],
): Promise<void> {
  if (!allocations.length) return;
  await assertPayable(em, payment.merchantId, allocations);
  const sign = Math.sign(payment.amountMinor);
  const signed = allocations.map(({ invoiceId, amountMinor }) => ({ invoiceId, amountMinor: sign * amountMinor }));
  await insertAllocations(em, payment, signed, booking);
  const { id: entityId, merchantId } = payment;
  audit({ action: 'payment.allocated', entity: 'payment', entityId, merchantId, after: { allocations: signed } });
  await recountClaims({ em, audit }, merchantId, booking);
}

/** Every document named is issued and the merchant's. */
async function assertPayable(em: EntityManager, merchantId: string, allocations: readonly NewAllocation[]) {
  const known = new Map((await headsOf(em, allocations)).map((head) => [head.id, head]));
  for (const [index, { invoiceId }] of allocations.entries()) {
    const invoice = known.get(invoiceId);
    if (!invoice) throw new NotFound('invoice');
    if (invoice.merchantId !== merchantId)
      throw invalidField(
        `allocations.${index}.invoiceId`,
        'INVOICE_OF_ANOTHER_MERCHANT',
        'The payment is another merchant’s',
      );
    if (invoice.state === 'draft') throw new RuleViolation('INVOICE_NOT_ISSUED', 'A draft is not paid');
  }
}

async function merchantOfInvoices(em: EntityManager, allocations: readonly NewAllocation[]): Promise<string | null> {
  if (!allocations.length) return null;
  const [head] = await headsOf(em, allocations.slice(0, 1));
  if (!head) throw new NotFound('invoice');
  return head.merchantId;
}

const headsOf = (em: EntityManager, allocations: readonly NewAllocation[]) =>
  rows<{ id: string; merchantId: string; state: string }>(
    em,
    sql`select id, merchant_id as "merchantId", state from invoice where id = any(${allocations.map(({ invoiceId }) => invoiceId)}::uuid[])`,
  );
