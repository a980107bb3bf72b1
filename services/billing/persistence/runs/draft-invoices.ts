import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import type { InvoiceKind } from '../../../../shared/protocol/billing/runs-actions.ts';
import type { DraftLine, DraftVat, InvoiceDraft } from '../../domain/invoices/invoice-draft.ts';
import { rowUpdate, type RowChange, type RunRow } from './run-rows.ts';

export interface DraftHead {
  issuerId: string;
  currency: string;
  language: 'de' | 'en';
  periodTo: string;
  createdAt: Date;
}

/** A draft with the first day of its own period: of two documents each bills the days of its stream. */
export interface PeriodDraft extends InvoiceDraft {
  periodFrom: LocalDate;
}

/** Nothing that has a number is ever touched (trigger). */
export async function deleteDrafts(em: EntityManager, row: Pick<RunRow, 'id'>): Promise<void> {
  await rows(em, sql`delete from invoice where run_merchant_id = ${row.id} and state = 'draft'`);
}

/** Writes the drafts of a row, whose earlier ones are deleted, and the row along with them: in one statement. */
export async function insertDrafts(
  em: EntityManager,
  row: RunRow,
  drafts: readonly PeriodDraft[],
  { createdAt, ...head }: DraftHead,
  change: RowChange,
): Promise<void> {
  const invoices = drafts.map((draft) => {
    const common = { invoice_id: uuidv7(createdAt), merchant_id: row.merchantId };
    return {
      draft,
      common,
      lines: draft.lines.map((line) => ({ id: uuidv7(createdAt), ...common, ...lineColumns(line) })),
      vat: draft.vat.map((entry) => ({ ...common, ...vatColumns(entry) })),
    };
  });
  const heads = invoices.map(({ draft, common }) => ({ id: common.invoice_id, ...draft }));
  const lines = JSON.stringify(invoices.flatMap((invoice) => invoice.lines));
  const vat = JSON.stringify(invoices.flatMap((invoice) => invoice.vat));
  await rows(
    em,
    sql`with head as (
          insert into invoice (id, run_id, run_merchant_id, merchant_id, kind, split, tax_group, state, currency, language, issuer_id,
            period_from, period_to, net_minor, vat_minor, gross_minor, created_at)
          select id, ${row.runId}, ${row.id}, ${row.merchantId}, kind, split, tax_group, 'draft', ${head.currency}, ${head.language}, ${head.issuerId},
            period_from, ${head.periodTo}, net_minor, vat_minor, gross_minor, ${createdAt.toISOString()}
          from unnest(${heads.map(({ id }) => id)}::uuid[], ${heads.map(({ split }) => split)}::text[], ${heads.map(({ taxGroup }) => taxGroup)}::text[], ${heads.map(({ netMinor }) => netMinor)}::bigint[],
            ${heads.map((one) => one.vatMinor)}::bigint[], ${heads.map(({ grossMinor }) => grossMinor)}::bigint[],
            ${heads.map(({ periodFrom }) => periodFrom)}::date[], ${heads.map(kindOf)}::text[]) as n (id, split, tax_group, net_minor, vat_minor, gross_minor, period_from, kind)),
        line as (
          insert into invoice_line select * from jsonb_populate_recordset(null::billing.invoice_line, ${lines}::jsonb)),
        vat as (
          insert into invoice_vat select * from jsonb_populate_recordset(null::billing.invoice_vat, ${vat}::jsonb))
        ${rowUpdate(row, change)}`,
  );
}

const kindOf = ({ grossMinor }: InvoiceDraft): InvoiceKind => (grossMinor < 0 ? 'creditNote' : 'invoice');

const lineColumns = (line: DraftLine) => ({
  position: line.position,
  kind: line.kind,
  own_charge_id: line.ownCharge,
  detail: line.detail ?? null,
  section: line.section,
  charge_type: line.chargeType,
  version_id: line.versionId,
  rule_key: line.ruleKey,
  tier_from: line.tierFrom,
  tier_to: line.tierTo,
  service_month: line.serviceMonth,
  label: line.label,
  unit: line.unit,
  quantity: line.quantity,
  unit_price: line.unitPrice,
  base_quantity: line.baseQuantity,
  net_minor: line.netMinor,
  vat_category: line.category,
  vat_rate_bp: line.rateBasisPoints,
  late_quantity: line.lateQuantity,
  late_from: line.lateFrom,
  late_to: line.lateTo,
  charge_count: line.chargeCount,
});

const vatColumns = (entry: DraftVat) => ({
  category: entry.category,
  rate_bp: entry.rateBasisPoints,
  basis_minor: entry.basisMinor,
  vat_minor: entry.vatMinor,
});

/** What finance saw of a draft: its lines without ids. Two drafts with the same text bill the same. */
export const draftText = (drafts: readonly PeriodDraft[]): string =>
  drafts
    .flatMap((draft) =>
      draft.lines.map((line) =>
        [
          draft.split,
          draft.taxGroup,
          draft.periodFrom,
          line.kind,
          line.ownCharge,
          line.section,
          line.chargeType,
          line.versionId,
          line.ruleKey,
          line.tierFrom,
          line.serviceMonth,
          line.quantity,
          line.unitPrice,
          line.baseQuantity,
          line.netMinor,
          line.category,
          line.rateBasisPoints,
          // what is told of a line has to be so when its charges are linked
          line.chargeCount,
          line.lateQuantity,
          line.lateFrom,
          line.lateTo,
        ].join('|'),
      ),
    )
    .toSorted()
    .join('\n');

/** The drafts that are stored, each with its part of {@link draftText}. */
export const storedDrafts = (runMerchantId: string) =>
  sql<{ id: string; lines: string[] }>`
        select i.id, array(
          select concat_ws('|', i.split, i.tax_group, i.period_from, l.kind, coalesce(l.own_charge_id::text, ''), l.section, l.charge_type, l.version_id, l.rule_key, coalesce(trim_scale(l.tier_from)::text, ''), l.service_month,
            trim_scale(l.quantity), trim_scale(l.unit_price), trim_scale(l.base_quantity), l.net_minor, l.vat_category, l.vat_rate_bp,
            l.charge_count, trim_scale(l.late_quantity), coalesce(l.late_from::text, ''), coalesce(l.late_to::text, ''))
          from invoice_line l where l.invoice_id = i.id) as lines
        from invoice i where i.run_merchant_id = ${runMerchantId} and i.state = 'draft'`;

/** {@link draftText} of stored drafts. */
export const storedText = (drafts: readonly { lines: readonly string[] }[]): string =>
  drafts
    .flatMap(({ lines }) => lines)
    .toSorted()
    .join('\n');
