import { NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { PaymentView } from '../../../../shared/protocol/billing/payments-views.ts';
import { lockSettlement, settling, type Booking } from './settling.ts';

/** Money as it is recorded. */
export interface NewPayment {
  merchantId: string | null;
  /** Negative for money that went out. */
  amountMinor: number;
  valueDate: string;
  payerName: string | null;
  payerIban: string | null;
  remittance: string;
  endToEndId: string | null;
  source: PaymentView['source'];
  bankEntryId: string | null;
  /** The payment that the bank took back. */
  returnsId: string | null;
  /** The voided payment whose money this is. */
  replacesId: string | null;
  note: string | null;
}

export const UNKNOWN_PAYER = {
  ...{ payerName: null, payerIban: null, endToEndId: null, bankEntryId: null, returnsId: null, replacesId: null },
  ...{ remittance: '', note: null },
} as const;

/** @returns its id */
export async function insertPayment(em: EntityManager, payment: NewPayment, booking: Booking): Promise<string> {
  const id = uuidv7(booking.at);
  const { merchantId, amountMinor, valueDate, payerName, payerIban, remittance, endToEndId, source } = payment;
  await settling(() =>
    rows(
      em,
      sql`insert into payment (id, merchant_id, amount_minor, unallocated_minor, currency, value_date, payer_name, payer_iban, remittance, end_to_end_id,
            source, bank_entry_id, returns_id, replaces_id, note, recorded_by, recorded_at)
          values (${id}, ${merchantId}, ${amountMinor}, ${amountMinor}, 'EUR', ${valueDate}, ${payerName}, ${payerIban}, ${remittance}, ${endToEndId},
            ${source}, ${payment.bankEntryId}, ${payment.returnsId}, ${payment.replacesId}, ${payment.note}, ${booking.by}, ${booking.at.toISOString()})`,
    ),
  );
  return id;
}

export interface LockedPayment extends NewPayment {
  id: string;
  unallocatedMinor: number;
}

/**
 * A payment with the lock of its merchant, so that nobody else uses it until the commit.
 * @throws NotFound; RuleViolation for a void one
 */
export async function lockPayment(em: EntityManager, id: string): Promise<LockedPayment> {
  // the merchant first, as whoever settles does
  await rows(
    em,
    sql`select billing.lock_settlement(merchant_id) from payment where id = ${id} and merchant_id is not null`,
  );
  const found = await firstRow<LockedPayment & { isVoid: boolean }>(
    em,
    sql`select id, merchant_id as "merchantId", amount_minor::float8 as "amountMinor", unallocated_minor::float8 as "unallocatedMinor",
          value_date as "valueDate", payer_name as "payerName", payer_iban as "payerIban", remittance, end_to_end_id as "endToEndId", source,
          bank_entry_id as "bankEntryId", returns_id as "returnsId", replaces_id as "replacesId", note, voided_at is not null as "isVoid"
        from payment where id = ${id} for update`,
  );
  if (!found) throw new NotFound('payment');
  if (found.isVoid) throw new RuleViolation('PAYMENT_VOID', 'The payment was voided');
  return found;
}

export interface NewAllocation {
  invoiceId: string;
  /** Of the sign of the payment; the other one takes it back. */
  amountMinor: number;
}

/** @throws RuleViolation when the payment or what is open does not go that far */
export async function insertAllocations(
  em: EntityManager,
  payment: { id: string; merchantId: string },
  allocations: readonly NewAllocation[],
  booking: Booking,
  undone: { kind: 'unmatch'; reason: string } | null = null,
): Promise<void> {
  if (!allocations.length) return;
  await lockSettlement(em, payment.merchantId);
  await settling(() =>
    rows(
      em,
      sql`insert into payment_allocation (id, merchant_id, payment_id, invoice_id, amount_minor, kind, reason, booked_on, booked_by, booked_at)
          select gen_random_uuid(), ${payment.merchantId}, ${payment.id}, t.invoice, t.amount, ${undone?.kind ?? 'allocation'}, ${undone?.reason ?? null},
            ${booking.on}, ${booking.by}, ${booking.at.toISOString()}
          from unnest(${allocations.map(({ invoiceId }) => invoiceId)}::uuid[], ${allocations.map(({ amountMinor }) => amountMinor)}::bigint[]) as t (invoice, amount)`,
    ),
  );
}

/** What a payment pays of a document now, 0 for nothing. */
export async function allocatedMinor(em: EntityManager, paymentId: string, invoiceId: string): Promise<number> {
  const found = await firstRow<{ minor: number }>(
    em,
    sql`select coalesce(sum(amount_minor), 0)::float8 as minor from payment_allocation where invoice_id = ${invoiceId}
          and payment_id in (select id from payment where id = ${paymentId} or (returns_id = ${paymentId} and voided_at is null))`,
  );
  return found!.minor;
}

/** What the bank took back of a payment, positive. */
export async function returnedMinor(em: EntityManager, paymentId: string): Promise<number> {
  const found = await firstRow<{ minor: number }>(
    em,
    sql`select coalesce(-sum(amount_minor), 0)::float8 as minor from payment where returns_id = ${paymentId} and voided_at is null`,
  );
  return found!.minor;
}

/** What a payment pays of each document after what came back of it, longest due first. */
export const paidBy = (em: EntityManager, paymentId: string): Promise<NewAllocation[]> =>
  rows(
    em,
    sql`select a.invoice_id as "invoiceId", sum(a.amount_minor)::float8 as "amountMinor"
        from payment p join payment_allocation a on a.payment_id = p.id join invoice i on i.id = a.invoice_id
        where p.id = ${paymentId} or p.returns_id = ${paymentId}
        group by a.invoice_id, i.due_date, i.number having sum(a.amount_minor) > 0 order by i.due_date, i.number`,
  );

/** What the returns of a payment took that it does not have, a positive amount; 0 for nothing. */
export async function lackedMinor(em: EntityManager, paymentId: string): Promise<number> {
  const found = await firstRow<{ minor: number }>(
    em,
    sql`select greatest(0, -sum(unallocated_minor))::float8 as minor from payment
        where (id = ${paymentId} or returns_id = ${paymentId}) and voided_at is null`,
  );
  return found!.minor;
}

export async function setMerchant(em: EntityManager, id: string, merchantId: string): Promise<void> {
  await rows(em, sql`update payment set merchant_id = ${merchantId} where id = ${id}`);
}

/** @throws RuleViolation while it pays something */
export async function markVoid(em: EntityManager, id: string, reason: string, { by, at }: Booking): Promise<void> {
  await settling(() =>
    rows(
      em,
      sql`update payment set voided_at = ${at.toISOString()}, voided_by = ${by}, void_reason = ${reason} where id = ${id}`,
    ),
  );
}
