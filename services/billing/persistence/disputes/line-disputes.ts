import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import { violatedConstraint } from '../../../../shared/persistence/transaction.ts';
import type { LineDisputeReason, LineDisputeState } from '../../../../shared/protocol/billing/disputes-views.ts';
import { lockCorrected, type Corrected } from '../corrections/corrected-invoice.ts';
import { LEFT_OF_LINE } from './dispute-views.ts';

/** A dispute that is locked until the transaction ends. */
export interface LineDispute {
  id: string;
  merchantId: string;
  invoiceId: string;
  lineId: string;
  state: LineDisputeState;
  creditedNetMinor: number | null;
  answer: string | null;
  /** How many messages there are. */
  messages: number;
}

/** Locks the invoice before the dispute, in the order of whoever cancels or credits it. */
export async function lockWithInvoice(
  em: EntityManager,
  id: string,
): Promise<{ dispute: LineDispute; invoice: Corrected } | undefined> {
  const found = await firstRow<{ invoiceId: string }>(
    em,
    sql`select invoice_id as "invoiceId" from line_dispute where id = ${id}`,
  );
  const invoice = found && (await lockCorrected(em, found.invoiceId));
  const dispute = invoice && (await lockDispute(em, id));
  return dispute && { dispute, invoice };
}

export async function lockDispute(em: EntityManager, id: string): Promise<LineDispute | undefined> {
  if (!(await firstRow(em, sql`select 1 from line_dispute where id = ${id} for no key update`))) return undefined;
  // a statement of its own: it sees what others wrote while the lock was waited for
  return firstRow<LineDispute>(
    em,
    sql`select d.id, d.merchant_id as "merchantId", d.invoice_id as "invoiceId", d.line_id as "lineId", d.state,
          d.credited_net_minor::float8 as "creditedNetMinor", d.answer,
          (select count(*)::integer from line_dispute_message where dispute_id = d.id) as messages
        from line_dispute d where d.id = ${id}`,
  );
}

/** What is left of a line of an invoice; the invoice is locked by whoever asks. */
export async function lineLeft(em: EntityManager, invoiceId: string, lineId: string): Promise<number | undefined> {
  const found = await firstRow<{ left: number }>(
    em,
    sql`select (${LEFT_OF_LINE})::float8 as left from invoice_line l join invoice i on i.id = l.invoice_id
        where l.id = ${lineId} and i.id = ${invoiceId}`,
  );
  return found?.left;
}

export interface NewDispute {
  id: string;
  merchantId: string;
  invoiceId: string;
  lineId: string;
  reason: LineDisputeReason;
  disputedNetMinor: number | null;
  by: string;
  at: Date;
}

/** @throws RuleViolation `LINE_DISPUTED_ALREADY` while another one is open */
export async function insertDispute(em: EntityManager, dispute: NewDispute): Promise<void> {
  const { id, merchantId, invoiceId, lineId, reason, disputedNetMinor, by, at } = dispute;
  try {
    await rows(
      em,
      sql`insert into line_dispute (id, merchant_id, invoice_id, line_id, reason, disputed_net_minor, opened_by, opened_at)
          values (${id}, ${merchantId}, ${invoiceId}, ${lineId}, ${reason}, ${disputedNetMinor}, ${by}, ${at.toISOString()})`,
    );
  } catch (error) {
    if (violatedConstraint(error) === 'line_dispute_one_open')
      throw new RuleViolation('LINE_DISPUTED_ALREADY', 'This line is disputed already; write into that dispute');
    throw error;
  }
}

export interface NewMessage {
  id: string;
  position: number;
  side: 'merchant' | 'house';
  by: string;
  text: string;
  at: Date;
}

export async function insertMessage(
  em: EntityManager,
  { id: disputeId, merchantId }: Pick<LineDispute, 'id' | 'merchantId'>,
  { id, position, side, by, text, at }: NewMessage,
): Promise<void> {
  await rows(
    em,
    sql`insert into line_dispute_message (id, merchant_id, dispute_id, position, side, author_id, text, at)
        values (${id}, ${merchantId}, ${disputeId}, ${position}, ${side}, ${by}, ${text}, ${at.toISOString()})`,
  );
}

export interface Settlement {
  state: Exclude<LineDisputeState, 'open' | 'invoiceCancelled'>;
  by: string;
  at: Date;
  answer: string | null;
  credit: { id: string; netMinor: number } | null;
}

export async function settleDispute(
  em: EntityManager,
  id: string,
  { state, by, at, answer, credit }: Settlement,
): Promise<void> {
  await rows(
    em,
    sql`update line_dispute set state = ${state}, settled_by = ${by}, settled_at = ${at.toISOString()}, answer = ${answer},
          credited_net_minor = ${credit?.netMinor ?? null}, credit_note_id = ${credit?.id ?? null} where id = ${id}`,
  );
}

/** Ends what is open of an invoice that is cancelled; the invoice is locked. @returns the disputes */
export async function endDisputesOf(
  em: EntityManager,
  invoiceId: string,
  { by, at }: { by: string; at: Date },
): Promise<string[]> {
  const ended = await rows<{ id: string }>(
    em,
    sql`update line_dispute set state = 'invoiceCancelled', settled_by = ${by}, settled_at = ${at.toISOString()}
        where invoice_id = ${invoiceId} and state = 'open' returning id`,
  );
  return ended.map(({ id }) => id);
}
