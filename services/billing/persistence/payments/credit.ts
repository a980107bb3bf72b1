import { NotFound } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { CreditEntryView } from '../../../../shared/protocol/billing/payments-views.ts';
import { instantOf, lockSettlement, settling, type Booking } from './settling.ts';

export interface NewCreditEntry {
  merchantId: string;
  kind: 'grant' | 'payout' | 'returned' | 'reversal';
  /** What is added to the balance; negative for what is taken out of it. */
  amountMinor: number;
  reason: string;
  paymentId?: string | null;
  invoiceId?: string | null;
  reversesId?: string;
  /** Of a grant the dunning claim that it gives back. */
  claimId?: string;
}

/** @returns its id. @throws RuleViolation when the balance or the payment does not go that far */
export async function insertCreditEntry(em: EntityManager, entry: NewCreditEntry, booking: Booking): Promise<string> {
  const id = uuidv7(booking.at);
  const {
    merchantId,
    kind,
    amountMinor,
    reason,
    paymentId = null,
    invoiceId = null,
    reversesId = null,
    claimId = null,
  } = entry;
  await lockSettlement(em, merchantId);
  await settling(() =>
    rows(
      em,
      sql`insert into credit_entry (id, merchant_id, kind, amount_minor, reason, payment_id, invoice_id, reverses_id, dunning_claim_id, booked_on, booked_by, booked_at)
          values (${id}, ${merchantId}, ${kind}, ${amountMinor}, ${reason}, ${paymentId}, ${invoiceId}, ${reversesId}, ${claimId}, ${booking.on}, ${booking.by},
            ${booking.at.toISOString()})`,
    ),
  );
  return id;
}

const VIEW = sql`e.id, e.merchant_id as "merchantId", m.number as "merchantNumber", m.name as "merchantName", e.kind,
  e.amount_minor::float8 as "amountMinor", e.currency, e.reason, e.invoice_id as "invoiceId", i.number as "invoiceNumber", e.payment_id as "paymentId",
  (select coalesce(sum(r.amount_minor), 0) from credit_entry r where r.reverses_id = e.id) = -e.amount_minor as reversed, e.booked_on as "bookedOn", e.booked_by as "bookedBy",
  ${instantOf('e.booked_at')} as "bookedAt"`;
const SOURCE = sql`credit_entry e join merchant_ref m on m.merchant_id = e.merchant_id left join invoice i on i.id = e.invoice_id`;

/** @throws NotFound */
export async function creditEntryView(em: EntityManager, id: string): Promise<CreditEntryView> {
  const found = await firstRow<CreditEntryView>(em, sql`select ${VIEW} from ${SOURCE} where e.id = ${id}`);
  if (!found) throw new NotFound('credit entry');
  return found;
}

export async function listCreditEntries(
  em: EntityManager,
  { merchantId, limit, cursor }: { merchantId?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<Page<CreditEntryView>> {
  const after = readCursor(cursor, ['instant', 'id']);
  const found = await rows<CreditEntryView>(
    em,
    sql`select ${VIEW} from ${SOURCE} where ${merchantId === undefined ? sql`true` : sql`e.merchant_id = ${merchantId}`}
          and ${after ? sql`(e.booked_at, e.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql`true`}
        order by e.booked_at desc, e.id desc limit ${limit + 1}`,
  );
  return toPage(
    found,
    limit,
    ({ bookedAt, id }) => [bookedAt, id],
    (row) => row,
  );
}

/** What of an entry was not taken back, of its sign. */
const REST = sql`(e.amount_minor + (select coalesce(sum(r.amount_minor), 0) from credit_entry r where r.reverses_id = e.id))::float8`;

export interface Grant {
  id: string;
  /** What of it was not taken back. */
  restMinor: number;
  /** As the database keeps it, to the microsecond. */
  bookedAt: string;
}

/** What was made credit of a payment and not taken back, latest first. */
export const grantsOf = (em: EntityManager, paymentId: string): Promise<Grant[]> =>
  rows(
    em,
    sql`select e.id, ${REST} as "restMinor", e.booked_at::text as "bookedAt" from credit_entry e
        where e.payment_id = ${paymentId} and e.kind = 'grant' and ${REST} > 0 order by e.booked_at desc, e.id desc`,
  );

/** What of a grant or payout was not taken back, of its sign. */
export async function restOfEntry(em: EntityManager, id: string): Promise<number> {
  const found = await firstRow<{ minor: number }>(
    em,
    sql`select ${REST} as minor from credit_entry e where e.id = ${id}`,
  );
  return found!.minor;
}

/** What of its credit a merchant was paid out since a grant, positive. */
export async function paidOutSince(
  em: EntityManager,
  merchantId: string,
  { bookedAt }: Pick<Grant, 'bookedAt'>,
): Promise<number> {
  const found = await firstRow<{ minor: number }>(
    em,
    sql`select coalesce(-sum(e.amount_minor), 0)::float8 as minor from credit_entry e
        where e.merchant_id = ${merchantId} and e.booked_at >= ${bookedAt}
          and (e.kind = 'payout' or e.reverses_id in (select p.id from credit_entry p where p.merchant_id = ${merchantId} and p.kind = 'payout'))`,
  );
  return found!.minor;
}

/** Documents that credit of a merchant was used on since a grant of it, latest first, with what still stands of that. */
export const creditUsedSince = (
  em: EntityManager,
  merchantId: string,
  { bookedAt }: Pick<Grant, 'bookedAt'>,
): Promise<{ invoiceId: string; usedMinor: number }[]> =>
  rows(
    em,
    sql`select e.invoice_id as "invoiceId", least(-sum(e.amount_minor), -sum(e.amount_minor) filter (where e.booked_at >= ${bookedAt}))::float8 as "usedMinor"
        from credit_entry e where e.merchant_id = ${merchantId} and e.invoice_id is not null
        group by e.invoice_id
        having sum(e.amount_minor) < 0 and sum(e.amount_minor) filter (where e.booked_at >= ${bookedAt}) < 0
        order by max(e.booked_at) filter (where e.kind = 'use') desc, e.invoice_id desc`,
  );

export async function balanceMinor(em: EntityManager, merchantId: string): Promise<number> {
  const found = await firstRow<{ minor: number }>(
    em,
    sql`select coalesce(sum(amount_minor), 0)::float8 as minor from credit_entry where merchant_id = ${merchantId}`,
  );
  return found!.minor;
}
