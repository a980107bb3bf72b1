import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, rows, sql, affected } from '../../../../shared/persistence/sql.ts';
import type { ContentLine } from '../../domain/invoices/invoice-content.ts';
import { plainDecimal } from '../../domain/invoices/invoice-draft.ts';

export interface InvoiceHead {
  id: string;
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

/** How the days behind a storage line were counted. */
const STORAGE_DETAIL = sql`
  select jsonb_build_object(
           'bins', bool_and(coalesce(c.attributes ->> 'measure', c.attributes ->> 'method') in ('bin', 'binDay')),
           'emptiedBins', jsonb_agg(distinct coalesce(c.attributes ->> 'emptiedBins', 'counts')),
           'sharedBins', jsonb_agg(distinct coalesce(c.attributes ->> 'sharedBins', 'whole')),
           'reconstructedDays', coalesce(sum((c.attributes ->> 'reconstructedDays')::integer) filter (where l.quantity > 0), 0)) as storage
  from invoice_line_charge l join charge c on c.id = l.charge_id
  -- here and not in the join, which would look at the charges of every line first
  where l.line_id = invoice_line.id and invoice_line.charge_type = 'storage' having count(*) > 0`;

/** The drafts of an approved row, in the order in which they get their numbers. */
export async function draftsOfRow(em: EntityManager, runMerchantId: string): Promise<InvoiceHead[]> {
  const found = await rows<InvoiceHead>(
    em,
    sql`select id, run_id as "runId", merchant_id as "merchantId", split, currency, language, period_from as "periodFrom", period_to as "periodTo",
          net_minor::float8 as "netMinor", vat_minor::float8 as "vatMinor", gross_minor::float8 as "grossMinor"
        from invoice where run_merchant_id = ${runMerchantId} and state = 'draft' order by split`,
  );
  return found;
}

export async function linesOf(em: EntityManager, invoiceId: string): Promise<StoredLine[]> {
  const found = await rows<StoredLine>(
    em,
    sql`select id, kind, detail, position, section, charge_type as "chargeType", label, unit, service_month as "serviceMonth", quantity::text, unit_price::text as "unitPrice",
          base_quantity::text as "baseQuantity", tier_from::text as "tierFrom", tier_to::text as "tierTo", net_minor::float8 as "netMinor",
          vat_category as "vatCategory", vat_rate_bp as "vatRateBasisPoints", late_quantity::text as "lateQuantity", late_from as "lateFrom",
          late_to as "lateTo", charge_count as "chargeCount", job.description as "jobDescription", own.number as "ownReference", kept.storage
        from invoice_line
        left join lateral (${STORAGE_DETAIL}) kept on true
        left join lateral (select reference ->> 'number' as number from charge where id = own_charge_id) own on own_charge_id is not null
        left join lateral (
          select min(c.reference ->> 'description') as description
          from invoice_line_charge l join charge c on c.id = l.charge_id
          where l.line_id = invoice_line.id and invoice_line.charge_count = 1 and c.reference ->> 'kind' = 'specialJob'
          having count(*) = 1) job on true
        where invoice_id = ${invoiceId} order by position`,
  );
  return found.map((line) => ({
    ...line,
    quantity: plainDecimal(line.quantity),
    unitPrice: plainDecimal(line.unitPrice),
    baseQuantity: plainDecimal(line.baseQuantity),
    lateQuantity: plainDecimal(line.lateQuantity),
    tierFrom: line.tierFrom && plainDecimal(line.tierFrom),
    tierTo: line.tierTo && plainDecimal(line.tierTo),
  }));
}

export async function vatOf(em: EntityManager, invoiceId: string): Promise<StoredVat[]> {
  return rows(
    em,
    sql`select category, rate_bp as "rateBasisPoints", basis_minor::float8 as "basisMinor", vat_minor::float8 as "vatMinor"
        from invoice_vat where invoice_id = ${invoiceId} order by rate_bp desc, category`,
  );
}

/**
 * The next number of a series. The counter row is locked from here to the commit, so this comes after all other work
 * of the transaction (T3); a rollback gives the number back, a sequence would leave a gap.
 */
export async function takeNumber(em: EntityManager, issuerId: string, kind: string, year: number): Promise<number> {
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

/** Freezes a draft under its number. */
export async function freezeInvoice(em: EntityManager, invoiceId: string, numbering: Numbering): Promise<void> {
  const changed = await affected(
    em,
    sql`update invoice set state = 'finalized', number = ${numbering.number}, series_year = ${numbering.year}, series_number = ${numbering.sequence},
          issue_date = ${numbering.issueDate}, due_date = ${numbering.dueDate}, finalized_at = ${numbering.finalizedAt.toISOString()}
        where id = ${invoiceId} and state = 'draft'`,
  );
  if (changed !== 1) throw new Error(`Invoice ${invoiceId} is no draft any more`);
}

/** The place of the document that is rendered after the commit, and the axes that may still change. */
export async function insertDocument(
  em: EntityManager,
  invoice: Pick<InvoiceHead, 'id' | 'merchantId'>,
  model: unknown,
): Promise<void> {
  await rows(
    em,
    sql`with status as (insert into invoice_status (invoice_id, merchant_id, payment, delivery, dispute)
          values (${invoice.id}, ${invoice.merchantId}, 'open', 'queued', 'none'))
        insert into invoice_document (invoice_id, kind, merchant_id, state, model)
        values (${invoice.id}, 'pdf', ${invoice.merchantId}, 'pending', ${JSON.stringify(model)}::jsonb)`,
  );
}
