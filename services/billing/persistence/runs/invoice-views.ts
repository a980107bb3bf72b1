import { NotFound } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { InvoiceView } from '../../../../shared/protocol/billing/runs-actions.ts';
import { partsOf } from './finalized-invoices.ts';

type OnlyInView =
  'lines' | 'vat' | 'pdfSha256' | 'xmlSha256' | 'documentFinding' | 'corrects' | 'correctedBy' | 'reason';

export type InvoiceSummary = Omit<InvoiceView, OnlyInView>;

const SUMMARY = sql`i.id, i.merchant_id as "merchantId", m.number as "merchantNumber", m.name as "merchantName", i.kind, i.state, i.number,
  r.cutoff, i.issue_date as "issueDate", i.due_date as "dueDate", i.period_from as "periodFrom", i.period_to as "periodTo", i.currency,
  i.net_minor::float8 as "netMinor", i.vat_minor::float8 as "vatMinor", i.gross_minor::float8 as "grossMinor",
  s.payment, s.delivery, coalesce(d.state, 'none') as document, d.error as "documentError"`;
const SOURCE = sql`invoice i join run r on r.id = i.run_id join merchant_ref m on m.merchant_id = i.merchant_id
  left join invoice_status s on s.invoice_id = i.id left join invoice_document d on d.invoice_id = i.id and d.kind = 'pdf'`;

const DETAILS = sql`d.sha256 as "pdfSha256", d.xml_sha256 as "xmlSha256", d.finding as "documentFinding", i.reason,
  (select jsonb_build_object('id', o.id, 'number', o.number) from invoice o where o.id = i.corrects_id) as corrects,
  (select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'number', c.number) order by c.finalized_at, c.id), '[]')
     from invoice c where c.corrects_id = i.id and c.state <> 'draft') as "correctedBy"`;

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
  const head = await firstRow<Omit<InvoiceView, 'lines' | 'vat'>>(
    em,
    sql`select ${SUMMARY}, ${DETAILS} from ${SOURCE} where i.id = ${id} and (${drafts} or i.state <> 'draft')`,
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
