import { askTogether } from '../../../../shared/persistence/ask.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, sql } from '../../../../shared/persistence/sql.ts';
import type { MerchantSnapshot } from '../../../../shared/protocol/merchants/events.ts';
import type { InvoiceModel } from '../../documents/invoice-model.ts';
import type { Creditable, CreditableLine } from '../../domain/corrections/credit-amounts.ts';
import { plainDecimal } from '../../domain/invoices/invoice-draft.ts';
import { theIssuer, type Issuer } from '../issuer.ts';
import type { InvoiceHead } from '../runs/finalized-invoices.ts';

/** A document that may be corrected, locked until the transaction ends. */
export interface Corrected extends InvoiceHead {
  state: 'draft' | 'finalized' | 'cancelled';
  runMerchantId: string;
  taxGroup: string;
  cutoff: string;
  number: string | null;
  issueDate: string | null;
  /** Its cancellation, if it has one. */
  cancellationId: string | null;
  /** How many credit notes take something of it. */
  credits: number;
}

const HEAD = sql`i.id, i.kind, i.state, i.run_id as "runId", i.run_merchant_id as "runMerchantId", i.merchant_id as "merchantId", i.split,
  i.tax_group as "taxGroup", i.currency, i.language, i.period_from as "periodFrom", i.period_to as "periodTo", i.net_minor as "netMinor",
  i.vat_minor as "vatMinor", i.gross_minor as "grossMinor", i.number, i.issue_date as "issueDate", m.cutoff,
  (select c.id from invoice c where c.corrects_id = i.id and c.kind = 'cancellation') as "cancellationId",
  (select count(*)::integer from invoice c where c.corrects_id = i.id and c.kind = 'creditNote') as credits`;

/**
 * Locks a document for its correction: of several at once the next one sees what the one before did.
 * @param withRow  also the merchant's row, which comes first, as for the workers of runs
 */
export async function lockCorrected(
  em: EntityManager,
  id: string,
  { withRow = false } = {},
): Promise<Corrected | undefined> {
  if (withRow)
    await firstRow(
      em,
      sql`select 1 from run_merchant m where m.id = (select run_merchant_id from invoice where id = ${id}) for update`,
    );
  // before the invoice, because whoever settles it takes them in this order
  await firstRow(em, sql`select billing.lock_settlement(merchant_id) from invoice where id = ${id}`);
  if (!(await firstRow(em, sql`select 1 from invoice where id = ${id} for update`))) return undefined;
  // a statement of its own: it sees what others wrote while the lock was waited for
  return findCorrected(em, id);
}

export const findCorrected = (em: EntityManager, id: string): Promise<Corrected | undefined> =>
  firstRow<Corrected>(
    em,
    sql`select ${HEAD} from invoice i join run_merchant m on m.id = i.run_merchant_id where i.id = ${id}`,
  );

/** What the document said, and what is needed where it was written by a version that said less. */
export interface CorrectedContent {
  issuer: Issuer;
  model: InvoiceModel;
  /** Its document could not be made, so nobody has it. */
  isParked: boolean;
  merchant: MerchantSnapshot;
  /** The merchant as it is now. */
  current: MerchantSnapshot;
  units: { position: number; unit: string }[];
}

export async function correctedContent(em: EntityManager, { id, runMerchantId }: Corrected): Promise<CorrectedContent> {
  const { issuer, document, row, units } = await askTogether(em, {
    issuer: theIssuer,
    document: sql<{
      model: InvoiceModel;
      isParked: boolean;
    }>`select model, state = 'parked' as "isParked" from invoice_document where invoice_id = ${id} and kind = 'pdf'`,
    row: sql<{
      merchant: MerchantSnapshot;
      current: MerchantSnapshot;
    }>`select r.merchant_frozen as merchant, m.snapshot as current from run_merchant r join merchant_ref m on m.merchant_id = r.merchant_id
       where r.id = ${runMerchantId}`,
    units: sql<{ position: number; unit: string }>`select position, unit from invoice_line where invoice_id = ${id}`,
  });
  if (!issuer[0] || !document[0]) throw new Error(`Invoice ${id} has no issuer or no document`);
  return { issuer: issuer[0], ...document[0], ...row[0]!, units };
}

/** What credit notes have left of an invoice; nothing is left of what is cancelled or no invoice. */
export async function creditableOf(em: EntityManager, id: string): Promise<Creditable> {
  const { lines, vat, total } = await askTogether(em, {
    lines: sql<CreditableLine>`
        select l.id, l.position, l.quantity::text, l.unit_price::text as "unitPrice", l.base_quantity::text as "baseQuantity", l.net_minor as "netMinor",
               l.vat_category as category, l.vat_rate_bp as "rateBasisPoints", l.net_minor + coalesce(c.net, 0) as "remainingNetMinor",
               (l.quantity + coalesce(c.quantity, 0))::text as "remainingQuantity", coalesce(c.has_amounts, false) as "hasAmounts"
        from invoice_line l left join lateral (
          select sum(c.net_minor) as net, sum(c.quantity) filter (where ${BY_QUANTITY}) as quantity, bool_or(not ${BY_QUANTITY}) as has_amounts
          from invoice_line c join invoice n on n.id = c.invoice_id and n.kind = 'creditNote' and n.state = 'finalized'
          where c.corrects_line_id = l.id) c on true
        where l.invoice_id = ${id} order by l.position`,
    vat: sql<Creditable['vat'][number]>`
        select v.category, v.rate_bp as "rateBasisPoints", v.basis_minor + coalesce(c.basis, 0) as "remainingBasisMinor", v.vat_minor + coalesce(c.vat, 0) as "remainingVatMinor"
        from invoice_vat v left join lateral (
          select sum(c.basis_minor) as basis, sum(c.vat_minor) as vat
          from invoice n join invoice_vat c on c.invoice_id = n.id and c.category = v.category and c.rate_bp = v.rate_bp
          where n.corrects_id = v.invoice_id and n.kind = 'creditNote' and n.state = 'finalized') c on true
        where v.invoice_id = ${id} order by v.rate_bp desc, v.category`,
    total: sql<{ left: number }>`
        select i.gross_minor + coalesce((select sum(n.gross_minor) from invoice n where n.corrects_id = i.id and n.kind = 'creditNote' and n.state = 'finalized'), 0) as left
        from invoice i where i.id = ${id}`,
  });
  return {
    lines: lines.map((line) => ({
      ...line,
      quantity: plainDecimal(line.quantity),
      unitPrice: plainDecimal(line.unitPrice),
      baseQuantity: plainDecimal(line.baseQuantity),
      remainingQuantity: plainDecimal(line.remainingQuantity),
    })),
    vat,
    remainingGrossMinor: total[0]?.left ?? 0,
  };
}

/** A credit line has the price of its line, unless it takes an amount. */
const BY_QUANTITY = sql`(c.unit_price = l.unit_price and c.base_quantity = l.base_quantity)`;
