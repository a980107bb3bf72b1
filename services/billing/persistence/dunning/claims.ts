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
    c.settled_by as "settledBy", to_char(c.settled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "settledAt", c.settled_reason as "settledReason"
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

/** @returns whether it was open until now */
export async function settleClaim(
  em: EntityManager,
  id: string,
  settled: { state: 'paid' | 'waived'; by: string; at: Date; reason: string | null },
): Promise<boolean> {
  const changed = await rows(
    em,
    sql`update dunning_claim set state = ${settled.state}, settled_by = ${settled.by}, settled_at = ${settled.at.toISOString()},
          settled_reason = ${settled.reason} where id = ${id} and state = 'open' returning id`,
  );
  return changed.length > 0;
}

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

export interface OpenClaim {
  invoiceId: string | null;
  kind: Claim['kind'];
  amountMinor: number;
}

/** What of earlier letters a merchant still owes beside its invoices. */
export const openClaims = (em: EntityManager, merchantId: string): Promise<OpenClaim[]> =>
  rows<OpenClaim>(
    em,
    sql`select invoice_id as "invoiceId", kind, amount_minor::float8 as "amountMinor" from dunning_claim where merchant_id = ${merchantId} and state = 'open'`,
  );

export async function insertClaims(
  em: EntityManager,
  { merchantId, letterId, on, at }: { merchantId: string; letterId: string; on: string; at: Date },
  claims: readonly OpenClaim[],
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
