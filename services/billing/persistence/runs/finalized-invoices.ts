import type { RawBuilder } from 'kysely';
import { askTogether } from '../../../../shared/persistence/ask.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import { violatedConstraint } from '../../../../shared/persistence/transaction.ts';
import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import type { InvoiceKind } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { ContentLine } from '../../domain/invoices/invoice-content.ts';
import { carriedInto, type CarriedOver } from './carried-over.ts';
import { plainDecimal } from '../../domain/invoices/invoice-draft.ts';
import { theUsableMandate, type UsableMandate } from '../direct-debits/usable-mandate.ts';
import { theIssuer, type Issuer } from '../issuer.ts';
import { STORAGE_DETAIL, TAKES_BACK_OF } from './line-details.ts';

export interface InvoiceHead {
  id: string;
  kind: InvoiceKind;
  runId: string;
  merchantId: string;
  split: string;
  currency: string;
  language: 'de' | 'en';
  periodFrom: string;
  periodTo: string;
  netMinor: number;
  vatMinor: number;
  grossMinor: number;
}

/** A line as it is stored: its content and what ties it to its charges. */
export interface StoredLine extends ContentLine {
  id: string;
  chargeType: string;
  chargeCount: number;
}

export interface StoredVat {
  category: 'S' | 'AE' | 'O' | 'E';
  rateBasisPoints: number;
  basisMinor: number;
  vatMinor: number;
}

export interface InvoiceParts {
  lines: StoredLine[];
  vat: StoredVat[];
}

interface OfInvoice {
  invoiceId: string;
}

/** A draft with all that stands on it. */
export interface ApprovedDraft extends InvoiceParts {
  head: InvoiceHead & { kind: 'invoice' | 'creditNote' };
  /** What of it an earlier run carried over, as its total was negative. */
  carriedOver: CarriedOver | undefined;
}

export interface ApprovedDrafts {
  issuer: Issuer | undefined;
  drafts: ApprovedDraft[];
  /** The merchant's credit balance; looked at here so that whoever has none costs no further statement. */
  balanceMinor: number;
  /** The mandate by which the merchant is collected from. */
  mandate: UsableMandate | undefined;
}

/** What an approved row is finalized of, in one statement: its drafts in the order in which they get their numbers. */
export async function approvedDrafts(em: EntityManager, runMerchantId: string): Promise<ApprovedDrafts> {
  const ofRow = sql`from invoice where run_merchant_id = ${runMerchantId} and state = 'draft'`;
  const ofMerchant = sql`(select merchant_id from run_merchant where id = ${runMerchantId})`;
  const { issuer, heads, balance, mandate, carried, ...parts } = await askTogether(em, {
    issuer: theIssuer,
    balance: sql<{ minor: number }>`
        select coalesce(sum(e.amount_minor), 0) as minor from credit_entry e
        where e.merchant_id = ${ofMerchant}`,
    mandate: theUsableMandate(ofMerchant),
    carried: carriedInto(runMerchantId),
    heads: sql<ApprovedDraft['head']>`
        select id, kind, run_id as "runId", merchant_id as "merchantId", split, currency, language, period_from as "periodFrom", period_to as "periodTo",
          net_minor as "netMinor", vat_minor as "vatMinor", gross_minor as "grossMinor"
        ${ofRow} order by split, tax_group`,
    ...partQuestions(sql`select id ${ofRow}`),
  });
  const carriedOver = (id: string) => carried.find(({ invoiceId }) => invoiceId === id);
  const drafts = heads.map((head) => ({ head, ...partsAmong(parts, head.id), carriedOver: carriedOver(head.id) }));
  return { issuer: issuer[0], drafts, balanceMinor: balance[0]!.minor, mandate: mandate[0] };
}

/** The lines and the VAT of an invoice. */
export async function partsOf(em: EntityManager, invoiceId: string): Promise<InvoiceParts> {
  return partsAmong(await askTogether(em, partQuestions(sql`select ${invoiceId}::uuid`)), invoiceId);
}

const partQuestions = (invoices: RawBuilder<unknown>) => ({
  lines: sql<StoredLine & OfInvoice>`
      select invoice_id as "invoiceId", id, kind, detail, position, section, charge_type as "chargeType", label, unit, service_month as "serviceMonth", quantity::text, unit_price::text as "unitPrice",
        base_quantity::text as "baseQuantity", tier_from::text as "tierFrom", tier_to::text as "tierTo", net_minor as "netMinor",
        vat_category as "vatCategory", vat_rate_bp as "vatRateBasisPoints", late_quantity::text as "lateQuantity", late_from as "lateFrom",
        late_to as "lateTo", charge_count as "chargeCount", job.description as "jobDescription", own.number as "ownReference", kept.storage, back."takesBackOf"
      from invoice_line
      left join lateral (${STORAGE_DETAIL}) kept on true
      left join lateral (${TAKES_BACK_OF}) back on true
      left join lateral (select reference ->> 'number' as number from charge where id = own_charge_id) own on own_charge_id is not null
      left join lateral (
        select min(c.reference ->> 'description') as description
        from invoice_line_charge l join charge c on c.id = l.charge_id
        where l.line_id = invoice_line.id and invoice_line.charge_count = 1 and c.reference ->> 'kind' = 'specialJob'
        having count(*) = 1) job on true
      where invoice_id in (${invoices}) order by position`,
  vat: sql<StoredVat & OfInvoice>`
      select invoice_id as "invoiceId", category, rate_bp as "rateBasisPoints", basis_minor as "basisMinor", vat_minor as "vatMinor"
      from invoice_vat where invoice_id in (${invoices}) order by rate_bp desc, category`,
});

/** An invoice's own among what was found. */
function partsAmong(
  { lines, vat }: { lines: readonly (StoredLine & OfInvoice)[]; vat: readonly (StoredVat & OfInvoice)[] },
  id: string,
): InvoiceParts {
  return {
    lines: lines.filter(({ invoiceId }) => invoiceId === id).map(({ invoiceId: _, ...line }) => inPlainDecimals(line)),
    vat: vat.filter(({ invoiceId }) => invoiceId === id).map(({ invoiceId: _, ...entry }) => entry),
  };
}

const inPlainDecimals = (line: StoredLine): StoredLine => ({
  ...line,
  quantity: plainDecimal(line.quantity),
  unitPrice: plainDecimal(line.unitPrice),
  baseQuantity: plainDecimal(line.baseQuantity),
  lateQuantity: plainDecimal(line.lateQuantity),
  tierFrom: line.tierFrom && plainDecimal(line.tierFrom),
  tierTo: line.tierTo && plainDecimal(line.tierTo),
});

/**
 * The next number of a series. The counter row is locked from here to the commit, so this comes after all other work
 * of the transaction (T3); a rollback gives the number back, a sequence would leave a gap.
 */
export async function takeNumber(
  em: EntityManager,
  issuerId: string,
  kind: InvoiceKind,
  year: number,
): Promise<number> {
  const taken = await firstRow<{ number: number }>(
    em,
    sql`insert into number_series (issuer_id, kind, year, last_number) values (${issuerId}, ${kind}, ${year}, 1)
        on conflict (issuer_id, kind, year) do update set last_number = number_series.last_number + 1
        returning last_number as number`,
  );
  return taken!.number;
}

export interface Numbering {
  number: string;
  year: number;
  sequence: number;
  issueDate: string;
  dueDate: string;
  finalizedAt: Date;
}

/**
 * Freezes a draft under its number, with the place of the document that is rendered after the commit and the axes that
 * may still change; and whatever else is to be written then, in the same statement.
 * @throws RuleViolation `NEXT_NUMBER_TAKEN` when another document has its number already
 */
export async function freezeInvoice(
  em: EntityManager,
  { id, merchantId }: Pick<InvoiceHead, 'id' | 'merchantId'>,
  numbering: Numbering,
  model: unknown,
  beside: readonly RawBuilder<unknown>[],
): Promise<void> {
  const found = await firstRow<{ frozen: number }>(
    em,
    sql`with frozen as (
          update invoice set state = 'finalized', number = ${numbering.number}, series_year = ${numbering.year}, series_number = ${numbering.sequence},
            issue_date = ${numbering.issueDate}, due_date = ${numbering.dueDate}, finalized_at = ${numbering.finalizedAt.toISOString()}
          where id = ${id} and state = 'draft' returning id),
        status as (
          insert into invoice_status (invoice_id, merchant_id, payment, delivery, dispute) values (${id}, ${merchantId}, 'open', 'queued', 'none')),
        document as (
          insert into invoice_document (invoice_id, kind, merchant_id, state, model)
          values (${id}, 'pdf', ${merchantId}, 'pending', ${JSON.stringify(model)}::jsonb)),
        ${sql.join(beside.map((statement, index) => sql`${sql.ref(`beside_${index}`)} as (${statement})`))}
        select count(*)::integer as frozen from frozen`,
  ).catch((error: unknown) => {
    if (violatedConstraint(error) !== 'invoice_issuer_id_number_key') throw error;
    throw new RuleViolation('NEXT_NUMBER_TAKEN', `Another document is ${numbering.number} already: change the pattern`);
  });
  if (found?.frozen !== 1) throw new Error(`Invoice ${id} is no draft any more`);
}
