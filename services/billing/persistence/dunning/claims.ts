import { NotFound } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { z } from 'zod';
import type { dunningClaimView, invoiceDunning } from '../../../../shared/protocol/billing/dunning-views.ts';

export type Claim = z.output<typeof dunningClaimView>;

const CLAIMS = sql`
  select c.id, c.merchant_id as "merchantId", m.name as "merchantName", c.invoice_id as "invoiceId", i.number as "invoiceNumber",
    c.letter_id as "letterId", l.number as "letterNumber", c.kind, c.amount_minor::float8 as "amountMinor", c.claimed_on as "claimedOn", c.state,
    c.settled_by as "settledBy", to_char(c.settled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "settledAt", c.settled_reason as "settledReason",
    c.payment_id as "paymentId", c.recounted, c.state = 'paid' and c.corrected_by is not null as credited
  from dunning_claim c join merchant_ref m on m.merchant_id = c.merchant_id left join invoice i on i.id = c.invoice_id
  left join dunning_letter l on l.id = c.letter_id`;

interface ClaimFilter {
  limit: number;
  cursor?: string | undefined;
  merchantId?: string | undefined;
  state?: string | undefined;
}

export async function listClaims(em: EntityManager, filter: ClaimFilter): Promise<Page<Claim>> {
  const after = readCursor(filter.cursor, ['day', 'id']);
  const found = await rows<Claim>(
    em,
    sql`${CLAIMS} where ${filter.merchantId ? sql`c.merchant_id = ${filter.merchantId}` : sql`true`} and ${filter.state ? sql`c.state = ${filter.state}` : sql`true`}
          and ${after ? sql`(c.claimed_on, c.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql`true`}
        order by c.claimed_on desc, c.id desc limit ${filter.limit + 1}`,
  );
  return toPage(
    found,
    filter.limit,
    ({ claimedOn, id }) => [claimedOn, id],
    (claim) => claim,
  );
}

/** @throws NotFound */
export async function claimView(em: EntityManager, id: string): Promise<Claim> {
  const found = await firstRow<Claim>(em, sql`${CLAIMS} where c.id = ${id}`);
  if (!found) throw new NotFound('dunning claim');
  return found;
}

interface Settled {
  state: 'paid' | 'waived';
  by: string;
  at: Date;
  reason: string | null;
  /** The correction that a waived one fell with. */
  correctedBy?: string;
  /** It was never owed: what is owed after all is claimed anew. */
  recounted?: boolean;
  /** The money that paid it. */
  paymentId?: string | null;
}

/** @returns whether it was open until now */
export async function settleClaim(em: EntityManager, id: string, settled: Settled): Promise<boolean> {
  const changed = await rows(
    em,
    sql`update dunning_claim set state = ${settled.state}, settled_by = ${settled.by}, settled_at = ${settled.at.toISOString()},
          settled_reason = ${settled.reason}, corrected_by = ${settled.correctedBy ?? null},
          recounted = ${settled.recounted ?? false}, payment_id = ${settled.paymentId ?? null} where id = ${id} and state = 'open' returning id`,
  );
  return changed.length > 0;
}

/** @returns whether it was paid until now */
export async function reopenClaim(em: EntityManager, id: string): Promise<boolean> {
  const changed = await rows(
    em,
    sql`update dunning_claim set state = 'open', settled_by = null, settled_at = null, settled_reason = null, payment_id = null
        where id = ${id} and state = 'paid' and corrected_by is null returning id`,
  );
  return changed.length > 0;
}

/**
 * Notes that what was paid of a claim was not owed, and frees the payment of it.
 * @returns the payment; `undefined` when it was not paid by one, or corrected already
 */
export async function correctPaidClaim(
  em: EntityManager,
  id: string,
  correctedBy: string,
): Promise<{ paymentId: string } | undefined> {
  return firstRow<{ paymentId: string }>(
    em,
    sql`with paid as (select id, payment_id from dunning_claim where id = ${id} and state = 'paid' and payment_id is not null and corrected_by is null for update)
        update dunning_claim c set corrected_by = ${correctedBy}, payment_id = null from paid where c.id = paid.id returning paid.payment_id as "paymentId"`,
  );
}

/** What a payment paid beside the invoices, paid last first. */
export const claimsPaidBy = (
  em: EntityManager,
  paymentId: string,
): Promise<{ id: string; kind: Claim['kind']; amountMinor: number }[]> =>
  rows(
    em,
    sql`select id, kind, amount_minor::float8 as "amountMinor" from dunning_claim where payment_id = ${paymentId} and state = 'paid' and corrected_by is null
        order by settled_at desc, id desc`,
  );

/** What the bank charged for a return and is claimed. */
export const chargesOfReturn = (
  em: EntityManager,
  returnPaymentId: string,
): Promise<{ id: string; kind: Claim['kind']; amountMinor: number }[]> =>
  rows(
    em,
    sql`select id, kind, amount_minor::float8 as "amountMinor" from dunning_claim where return_payment_id = ${returnPaymentId}`,
  );

/** @throws NotFound for an invoice that is none */
export async function dunningOf(em: EntityManager, invoiceId: string): Promise<z.output<typeof invoiceDunning>> {
  if (!(await firstRow(em, sql`select 1 from invoice where id = ${invoiceId}`))) throw new NotFound('invoice');
  const steps = await rows<z.output<typeof invoiceDunning>['steps'][number]>(
    em,
    sql`select s.level, s.on_day as "onDay", s.pay_by as "payBy", s.open_minor::float8 as "openMinor", s.interest_minor::float8 as "interestMinor",
          s.letter_id as "letterId", l.number as "letterNumber"
        from dunning_step s join dunning_letter l on l.id = s.letter_id where s.invoice_id = ${invoiceId} order by s.level`,
  );
  const claims = await rows<Claim>(em, sql`${CLAIMS} where c.invoice_id = ${invoiceId} order by c.claimed_on, c.id`);
  return { steps, claims };
}

export type CorrectedClaim = Pick<Claim, 'id' | 'kind' | 'amountMinor' | 'state'>;

/**
 * The claims that fall with a correction of an invoice, be they open or paid: all of them where it claims nothing any more,
 * with the fees of letters that have no other invoice that claims something; else the interest that is open.
 */
export const claimsOfCorrected = (em: EntityManager, invoiceId: string): Promise<CorrectedClaim[]> =>
  rows(
    em,
    sql`select c.id, c.kind, c.amount_minor::float8 as "amountMinor", c.state from dunning_claim c join billing.settlement() o on o.invoice_id = ${invoiceId}
        where c.merchant_id = o.merchant_id and (c.state = 'open' or c.payment_id is not null) and c.corrected_by is null and (
          (c.invoice_id = o.invoice_id and ((c.kind = 'interest' and c.state = 'open') or o.claim_minor <= 0))
          or (c.kind = 'fee' and o.claim_minor <= 0 and c.letter_id in (select t.letter_id from dunning_step t where t.invoice_id = o.invoice_id)
            and not exists (select 1 from dunning_step t join billing.settlement() other on other.invoice_id = t.invoice_id
                            where t.letter_id = c.letter_id and other.claim_minor > 0)))
        order by c.id`,
  );

export type NewClaim = Pick<Claim, 'invoiceId' | 'kind' | 'amountMinor'>;

export async function insertClaims(
  em: EntityManager,
  { merchantId, letterId, on, at }: { merchantId: string; letterId: string; on: string; at: Date },
  claims: readonly NewClaim[],
): Promise<void> {
  if (!claims.length) return;
  const values = claims.map((claim) => ({ id: uuidv7(at), ...claim }));
  await rows(
    em,
    sql`insert into dunning_claim (id, merchant_id, invoice_id, letter_id, kind, amount_minor, claimed_on, state)
        select (v ->> 'id')::uuid, ${merchantId}, (v ->> 'invoiceId')::uuid, ${letterId}, v ->> 'kind', (v ->> 'amountMinor')::bigint, ${on}, 'open'
        from jsonb_array_elements(${JSON.stringify(values)}::jsonb) v`,
  );
}
