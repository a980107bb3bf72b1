import { NotFound } from '../../../../shared/kernel/errors.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { InvoiceView } from '../../../../shared/protocol/billing/runs-actions.ts';
import { creditableOf } from '../corrections/corrected-invoice.ts';
import { TOLD_OPEN, toldPayment } from '../payments/told-settlement.ts';
import { partsOf } from './finalized-invoices.ts';

type OnlyInView =
  'lines' | 'vat' | 'pdfSha256' | 'xmlSha256' | 'documentFinding' | 'directDebit' | 'runId' | 'reason' | 'corrections';

export type InvoiceSummary = Omit<InvoiceView, OnlyInView>;

/**
 * Merchants never see a draft, nor why a document failed, nor that something was written off.
 * `today` is the day of business, by which something is overdue.
 */
export type InvoiceReader = { staff: true } | { staff: false; today: string };

const ofSettlement = (expression: ReturnType<typeof sql>) =>
  sql`(select ${expression} from billing.settlement() x where x.invoice_id = i.id and i.state <> 'draft')`;
const paymentFor = (reader: InvoiceReader) => (reader.staff ? sql`s.payment` : ofSettlement(toldPayment(reader.today)));

const summaryFor = (
  reader: InvoiceReader,
) => sql`i.id, i.merchant_id as "merchantId", m.number as "merchantNumber", m.name as "merchantName", i.kind, i.state, i.number,
  r.cutoff, i.issue_date as "issueDate", i.due_date as "dueDate", i.period_from as "periodFrom", i.period_to as "periodTo", i.currency,
  i.net_minor::float8 as "netMinor", i.vat_minor::float8 as "vatMinor", i.gross_minor::float8 as "grossMinor",
  case when o.id is not null then jsonb_build_object('id', o.id, 'number', o.number, 'issueDate', o.issue_date) end as corrects,
  ${paymentFor(reader)} as payment, s.delivery, coalesce(s.dispute, 'none') as dispute, coalesce(d.state, 'none') as document,
  case when ${reader.staff} then d.error end as "documentError",
  ${ofSettlement(reader.staff ? sql`x.claim_minor - x.settled_minor` : TOLD_OPEN)}::float8 as "openMinor"`;
const SOURCE = sql`invoice i join run r on r.id = i.run_id join merchant_ref m on m.merchant_id = i.merchant_id
  left join invoice o on o.id = i.corrects_id
  left join invoice_status s on s.invoice_id = i.id left join invoice_document d on d.invoice_id = i.id and d.kind = 'pdf'`;

export interface InvoiceFilter {
  limit: number;
  cursor?: string | undefined;
  merchantId?: string | undefined;
  runId?: string | undefined;
  number?: string | undefined;
  kind?: string | undefined;
  state?: string | undefined;
  payment?: string | undefined;
  delivery?: string | undefined;
  document?: string | undefined;
  dispute?: string | undefined;
}

export async function listInvoices(
  em: EntityManager,
  filter: InvoiceFilter,
  reader: InvoiceReader,
): Promise<Page<InvoiceSummary>> {
  const after = readCursor(filter.cursor, ['openDay', 'id']);
  const found = await rows<InvoiceSummary>(
    em,
    sql`select ${summaryFor(reader)} from ${SOURCE}
        where (${reader.staff} or i.state <> 'draft') and ${matching(filter, reader)}
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

function matching({ number, payment, ...filter }: InvoiceFilter, reader: InvoiceReader) {
  const is = (value: string | undefined, column: ReturnType<typeof sql>) =>
    value === undefined ? sql`true` : sql`${column} = ${value}`;
  const conditions = [
    is(filter.merchantId, sql`i.merchant_id`),
    is(filter.runId, sql`i.run_id`),
    is(filter.kind, sql`i.kind`),
    is(filter.state, sql`i.state`),
    is(filter.delivery, sql`s.delivery`),
    is(filter.document, sql`coalesce(d.state, 'none')`),
    is(filter.dispute, sql`coalesce(s.dispute, 'none')`),
    number === undefined ? sql`true` : sql`position(lower(${number}) in lower(i.number)) > 0`,
    is(payment, sql`case when i.state = 'finalized' then ${paymentFor(reader)} end`),
    // what only corrects others asks for nothing, so nobody paid it
    payment === 'paid' ? sql`i.kind = 'invoice'` : sql`true`,
  ];
  return sql.join(conditions, sql` and `);
}

/** @throws NotFound also for a draft, which merchants do not see */
export async function invoiceView(em: EntityManager, id: string, reader: InvoiceReader): Promise<InvoiceView> {
  const head = await firstRow<Omit<InvoiceView, 'lines' | 'vat'>>(
    em,
    sql`select ${summaryFor(reader)}, i.run_id as "runId", i.reason, ${CORRECTIONS} as corrections, d.sha256 as "pdfSha256", d.xml_sha256 as "xmlSha256",
          case when ${reader.staff} then d.finding end as "documentFinding", ${DIRECT_DEBIT} as "directDebit"
        from ${SOURCE} where i.id = ${id} and (${reader.staff} or i.state <> 'draft')`,
  );
  if (!head) throw new NotFound('invoice');
  const { lines, vat } = await partsOf(em, id);
  const left = await remainders(em, id);
  const directDebit = (head.openMinor ?? 0) > 0 ? head.directDebit : null;
  return { ...head, directDebit, vat, lines: lines.map((line) => ({ ...line, ...left.get(line.id)! })) };
}

/** Not once it was held back, as after a return debit, or its mandate ended: then it is to be transferred. */
const DIRECT_DEBIT = sql`(
  select jsonb_build_object('collectedOn', b.collect_on, 'mandateReference', a.reference)
  from direct_debit b join mandate a on a.id = b.mandate_id
  where b.invoice_id = i.id and i.state = 'finalized' and b.held_at is null and a.state in ('active', 'blocked'))`;

const CORRECTIONS = sql`coalesce((
  select jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'number', c.number, 'issueDate', c.issue_date, 'reason', c.reason,
    'netMinor', c.net_minor, 'grossMinor', c.gross_minor) order by c.finalized_at, c.series_number)
  from invoice c where c.corrects_id = i.id and c.state = 'finalized'), '[]')`;

/** What is left of each line, with what it takes itself where it corrects another one. */
async function remainders(em: EntityManager, id: string) {
  const found = await rows<{ id: string; correctsLineId: string | null; isCancelled: boolean }>(
    em,
    sql`select l.id, l.corrects_line_id as "correctsLineId", i.state = 'cancelled' or i.corrects_id is not null as "isCancelled"
        from invoice_line l join invoice i on i.id = l.invoice_id where l.invoice_id = ${id}`,
  );
  const { lines } = await creditableOf(em, id);
  return new Map(
    found.map((line) => {
      const { remainingNetMinor, remainingQuantity } = lines.find((one) => one.id === line.id)!;
      const left = line.isCancelled
        ? { remainingNetMinor: 0, remainingQuantity: '0' }
        : { remainingNetMinor, remainingQuantity };
      return [line.id, { correctsLineId: line.correctsLineId, ...left }];
    }),
  );
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
