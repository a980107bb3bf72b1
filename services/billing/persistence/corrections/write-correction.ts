import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { affected, firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import { violatedConstraint } from '../../../../shared/persistence/transaction.ts';
import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import type { CreditAmounts } from '../../domain/corrections/credit-amounts.ts';
import type { Split } from '../../domain/invoices/tax-terms.ts';
import type { Stream } from '../../domain/runs/periods.ts';
import type { InvoiceHead } from '../runs/finalized-invoices.ts';
import { billedByRow } from '../runs/limited-rows.ts';
import type { Corrected } from './corrected-invoice.ts';

/** What a correction has of its original, whoever it is for and whatever it bills. */
const COMMON = sql`i.run_id, i.run_merchant_id, i.merchant_id, i.split, i.tax_group, i.currency, i.language, i.issuer_id, i.period_from, i.period_to`;
const COLUMNS = sql`run_id, run_merchant_id, merchant_id, split, tax_group, currency, language, issuer_id, period_from, period_to`;

/** Writes the draft of a cancellation, line by line the original turned round. @returns what is issued of it */
export async function insertCancellation(
  em: EntityManager,
  original: Corrected,
  reason: string,
  createdAt: Date,
): Promise<InvoiceHead> {
  const id = uuidv7(createdAt);
  await rows(
    em,
    sql`with head as (
          insert into invoice (id, kind, corrects_id, reason, state, ${COLUMNS}, net_minor, vat_minor, gross_minor, created_at)
          select ${id}, 'cancellation', i.id, ${reason}, 'draft', ${COMMON}, -i.net_minor, -i.vat_minor, -i.gross_minor, ${createdAt.toISOString()}
          from invoice i where i.id = ${original.id}),
        line as (
          insert into invoice_line
          select (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(), 'invoice_id', ${id}::uuid, 'corrects_line_id', l.id,
            'quantity', -l.quantity, 'net_minor', -l.net_minor, 'late_quantity', -l.late_quantity))).*
          from invoice_line l where l.invoice_id = ${original.id})
        insert into invoice_vat
        select (jsonb_populate_record(v, jsonb_build_object('invoice_id', ${id}::uuid, 'basis_minor', -v.basis_minor, 'vat_minor', -v.vat_minor))).*
        from invoice_vat v where v.invoice_id = ${original.id}`,
  );
  const { netMinor, vatMinor, grossMinor } = original;
  return {
    ...headOf(original),
    ...{ id, kind: 'cancellation', netMinor: -netMinor, vatMinor: -vatMinor, grossMinor: -grossMinor },
  };
}

/** Writes the draft of a credit note, whose lines are those of the original as far as it takes something of them. */
export async function insertCreditNote(
  em: EntityManager,
  original: Corrected,
  credit: CreditAmounts,
  reason: string,
  createdAt: Date,
): Promise<InvoiceHead> {
  const id = uuidv7(createdAt);
  const { netMinor, vatMinor, grossMinor } = credit;
  const lines = credit.lines.map((line) => ({
    ...{ id: uuidv7(createdAt), corrects_line_id: line.original.id, position: line.position },
    ...{ quantity: line.quantity, unit_price: line.unitPrice, base_quantity: line.baseQuantity },
    ...{ net_minor: line.netMinor, ...(line.isAmount ? { unit: 'lump_sum' } : {}) },
  }));
  const vat = credit.vat.map(({ category, rateBasisPoints, basisMinor, remainder, ...entry }) => ({
    ...{ category, rate_bp: rateBasisPoints, basis_minor: basisMinor, vat_minor: entry.vatMinor, remainder },
    ...{ invoice_id: id, merchant_id: original.merchantId },
  }));
  await rows(
    em,
    sql`with head as (
          insert into invoice (id, kind, corrects_id, reason, state, ${COLUMNS}, net_minor, vat_minor, gross_minor, created_at)
          select ${id}, 'creditNote', i.id, ${reason}, 'draft', ${COMMON}, ${netMinor}, ${vatMinor}, ${grossMinor}, ${createdAt.toISOString()}
          from invoice i where i.id = ${original.id}),
        line as (
          insert into invoice_line
          select (jsonb_populate_record(l, n.line || jsonb_build_object('invoice_id', ${id}::uuid, 'own_charge_id', null, 'late_quantity', 0, 'late_from', null, 'late_to', null))).*
          from jsonb_array_elements(${JSON.stringify(lines)}::jsonb) as n (line) join invoice_line l on l.id = (n.line ->> 'corrects_line_id')::uuid)
        insert into invoice_vat select * from jsonb_populate_recordset(null::billing.invoice_vat, ${JSON.stringify(vat)}::jsonb)`,
  );
  return { ...headOf(original), id, kind: 'creditNote', netMinor, vatMinor, grossMinor };
}

/** Lines say what their document does, where that had to be written otherwise than on the original. */
export const relabelLines = (
  em: EntityManager,
  invoiceId: string,
  lines: readonly { position: number; description: string }[],
): Promise<unknown> =>
  rows(
    em,
    sql`update invoice_line l set label = n.description
        from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as n (position integer, description text)
        where l.invoice_id = ${invoiceId} and l.position = n.position and l.label <> n.description`,
  );

const headOf = ({ merchantId, runId, split, currency, language, periodFrom, periodTo }: Corrected) => ({
  ...{ merchantId, runId, split, currency, language, periodFrom, periodTo },
});

/**
 * Takes an invoice out of what is billed: its charges are free again, as they were rated, and not held for their age.
 * @returns how many charges were freed
 */
export async function cancelInvoice(em: EntityManager, invoiceId: string): Promise<number> {
  await rows(em, sql`update invoice set state = 'cancelled' where id = ${invoiceId}`);
  return affected(
    em,
    sql`update charge set line_id = null, late_exempt = true, released_at = now()
        where line_id in (select id from invoice_line where invoice_id = ${invoiceId})`,
  );
}

/** A merchant's row with a document that is cancelled now. */
export interface CancelledRow {
  state: string;
  streams: Stream[] | null;
  doneStreams: Stream[];
  /** What its other documents are split by that stand. */
  others: Split[];
}

export async function rowOfCancelled(em: EntityManager, { id, runMerchantId }: Corrected): Promise<CancelledRow> {
  const found = await firstRow<CancelledRow>(
    em,
    sql`select m.state, m.streams, m.done_streams as "doneStreams", array(
          select i.split from invoice i where i.run_merchant_id = m.id and i.state = 'finalized' and i.corrects_id is null and i.id <> ${id}) as others
        from run_merchant m where m.id = ${runMerchantId}`,
  );
  return found!;
}

/** The row may be drafted anew; it goes on telling what its other documents bill. */
export async function reopenRow(
  em: EntityManager,
  { runMerchantId, merchantId }: Corrected,
  { streams, doneStreams }: { streams: readonly Stream[] | null; doneStreams: readonly Stream[] },
): Promise<void> {
  await rows(
    em,
    sql`delete from invoice where run_merchant_id = ${runMerchantId} and state = 'draft' and corrects_id is null`,
  );
  await rows(
    em,
    sql`update run_merchant m set state = 'cancelled', wanted = null, version = version + 1, updated_at = now(),
          streams = ${streams && [...streams]}::text[], done_streams = ${[...doneStreams]}::text[],
          (charge_count, net_minor, gross_minor) = (
            select billed."chargeCount", billed."netMinor", billed."grossMinor" from (${billedByRow({ id: runMerchantId, merchantId })}) billed
            where cardinality(${[...doneStreams]}::text[]) > 0)
        where m.id = ${runMerchantId}`,
  );
}

/** What the database refuses of a correction, as an answer; what the use case asked before is asked again there. */
const REFUSALS: Record<string, [type: string, message: string]> = {
  correction_of_invoice: ['NOT_AN_INVOICE', 'Only an invoice that was issued is corrected'],
  cancellation_uncredited: ['CREDITED_ALREADY', 'Something of the invoice was credited: credit the rest instead'],
  credit_of_live_invoice: ['INVOICE_CANCELLED', 'The invoice was cancelled'],
  credit_within_line: ['CREDIT_EXCEEDS_LINE', 'Less is left of a line'],
  credit_within_invoice: ['CREDIT_EXCEEDS_INVOICE', 'Less is left of the invoice'],
};

/** @throws RuleViolation by the constraint that refused */
export async function refusedAsAnswer<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const refusal = REFUSALS[violatedConstraint(error) ?? ''];
    throw refusal ? new RuleViolation(...refusal) : error;
  }
}
