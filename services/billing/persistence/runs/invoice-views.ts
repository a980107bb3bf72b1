import { NotFound } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { InvoiceView } from '../../../../shared/protocol/billing/runs-actions.ts';
import { partsOf } from './finalized-invoices.ts';

export type InvoiceSummary = Omit<InvoiceView, 'lines' | 'vat' | 'pdfSha256'>;

const SUMMARY = sql`i.id, i.merchant_id as "merchantId", m.number as "merchantNumber", m.name as "merchantName", i.kind, i.state, i.number,
  r.cutoff, i.issue_date as "issueDate", i.due_date as "dueDate", i.period_from as "periodFrom", i.period_to as "periodTo", i.currency,
  i.net_minor::float8 as "netMinor", i.vat_minor::float8 as "vatMinor", i.gross_minor::float8 as "grossMinor",
  s.payment, s.delivery, coalesce(d.state, 'none') as document, d.error as "documentError",
  (select x.claim_minor - x.settled_minor from billing.settlement() x where x.invoice_id = i.id and i.state <> 'draft')::float8 as "openMinor"`;
const SOURCE = sql`invoice i join run r on r.id = i.run_id join merchant_ref m on m.merchant_id = i.merchant_id
  left join invoice_status s on s.invoice_id = i.id left join invoice_document d on d.invoice_id = i.id and d.kind = 'pdf'`;

export interface InvoiceFilter {
  limit: number;
  cursor?: string | undefined;
  merchantId?: string | undefined;
  runId?: string | undefined;
  number?: string | undefined;
  /** Merchants never see a draft. */
  drafts: boolean;
}

export async function listInvoices(em: EntityManager, filter: InvoiceFilter): Promise<Page<InvoiceSummary>> {
  const after = readCursor(filter.cursor, ['openDay', 'id']);
  const is = (value: string | undefined, column: string) =>
    value === undefined ? sql`true` : sql`${sql.ref(column)} = ${value}`;
  const found = await rows<InvoiceSummary>(
    em,
    sql`select ${SUMMARY} from ${SOURCE}
        where (${filter.drafts} or i.state <> 'draft') and ${is(filter.merchantId, 'i.merchant_id')} and ${is(filter.runId, 'i.run_id')}
          and ${is(filter.number, 'i.number')}
          and ${after ? sql`(coalesce(i.issue_date, 'infinity'), i.id) < (${after[0]}::date, ${after[1]}::uuid)` : sql`true`}
        order by coalesce(i.issue_date, 'infinity') desc, i.id desc limit ${filter.limit + 1}`,
  );
  return toPage(
    found,
    filter.limit,
    ({ issueDate, id }) => [issueDate ?? 'infinity', id],
    (row) => row,
  );
}

/** @throws NotFound also for a draft when drafts are not to be seen */
export async function invoiceView(em: EntityManager, id: string, drafts: boolean): Promise<InvoiceView> {
  const head = await firstRow<InvoiceSummary & { pdfSha256: string | null }>(
    em,
    sql`select ${SUMMARY}, d.sha256 as "pdfSha256" from ${SOURCE} where i.id = ${id} and (${drafts} or i.state <> 'draft')`,
  );
  if (!head) throw new NotFound('invoice');
  return { ...head, ...(await partsOf(em, id)) };
}

export interface EvidenceRow {
  position: number;
  section: string;
  label: string;
  /** `null` of a line that no charge stands behind. */
  serviceDate: string | null;
  reference: string;
  chargeType: string;
  quantity: string;
  unit: string;
  unitPrice: string;
  baseQuantity: string;
  lineQuantity: string;
  lineNetMinor: number;
  late: boolean;
  chargeId: string | null;
}

/** Every charge of an issued invoice with the line it stands on, and the lines without charges once. */
export async function evidenceOf(em: EntityManager, invoiceId: string): Promise<EvidenceRow[]> {
  return rows(
    em,
    sql`select l.position, l.section, l.label, c.service_date as "serviceDate", coalesce(c.reference ->> 'number', '') as reference,
          l.charge_type as "chargeType", trim_scale(coalesce(lc.quantity, l.quantity))::text as quantity, l.unit, trim_scale(l.unit_price)::text as "unitPrice",
          trim_scale(l.base_quantity)::text as "baseQuantity", trim_scale(l.quantity)::text as "lineQuantity", l.net_minor::float8 as "lineNetMinor",
          coalesce(lc.late, l.late_quantity <> 0) as late, c.id as "chargeId"
        from invoice_line l left join (invoice_line_charge lc join charge c on c.id = lc.charge_id) on lc.line_id = l.id
        where l.invoice_id = ${invoiceId} order by l.position, c.service_date, c.id`,
  );
}

/** The archived document of an invoice. @throws NotFound while there is none */
export async function archivedPdf(em: EntityManager, id: string): Promise<{ objectKey: string; number: string }> {
  const found = await firstRow<{ objectKey: string; number: string }>(
    em,
    sql`select d.object_key as "objectKey", i.number from invoice_document d join invoice i on i.id = d.invoice_id
        where d.invoice_id = ${id} and d.kind = 'pdf' and d.state = 'ready'`,
  );
  if (!found) throw new NotFound('document');
  return found;
}
