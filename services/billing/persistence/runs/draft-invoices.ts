import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import type { InvoiceDraft } from '../../domain/invoices/invoice-draft.ts';
import type { RunRow } from './run-rows.ts';

export interface DraftHead {
  issuerId: string;
  currency: string;
  language: 'de' | 'en';
  periodFrom: string;
  periodTo: string;
  createdAt: Date;
}

/** Replaces the drafts of a row; nothing that has a number is ever touched (trigger). */
export async function replaceDrafts(
  em: EntityManager,
  row: RunRow,
  drafts: readonly InvoiceDraft[],
  head: DraftHead,
): Promise<void> {
  await rows(em, sql`delete from invoice where run_merchant_id = ${row.id} and state = 'draft'`);
  for (const draft of drafts) await insertDraft(em, row, draft, head);
}

async function insertDraft(em: EntityManager, row: RunRow, draft: InvoiceDraft, head: DraftHead): Promise<void> {
  const invoiceId = uuidv7(head.createdAt);
  await rows(
    em,
    sql`insert into invoice (id, run_id, run_merchant_id, merchant_id, kind, split, state, currency, language, issuer_id,
          period_from, period_to, net_minor, vat_minor, gross_minor, created_at)
        values (${invoiceId}, ${row.runId}, ${row.id}, ${row.merchantId}, 'invoice', ${draft.split}, 'draft', ${head.currency}, ${head.language},
          ${head.issuerId}, ${head.periodFrom}, ${head.periodTo}, ${draft.netMinor}, ${draft.vatMinor}, ${draft.grossMinor}, ${head.createdAt.toISOString()})`,
  );
  const lines = draft.lines.map((line) => ({
    id: uuidv7(head.createdAt),
    invoice_id: invoiceId,
    merchant_id: row.merchantId,
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
  }));
  await rows(
    em,
    sql`insert into invoice_line select * from jsonb_populate_recordset(null::billing.invoice_line, ${JSON.stringify(lines)}::jsonb)`,
  );
  const vat = draft.vat.map((entry) => ({
    invoice_id: invoiceId,
    merchant_id: row.merchantId,
    category: entry.category,
    rate_bp: entry.rateBasisPoints,
    basis_minor: entry.basisMinor,
    vat_minor: entry.vatMinor,
  }));
  await rows(
    em,
    sql`insert into invoice_vat select * from jsonb_populate_recordset(null::billing.invoice_vat, ${JSON.stringify(vat)}::jsonb)`,
  );
}

/** What finance saw of a draft: its lines without ids. Two drafts with the same text bill the same. */
export const draftText = (drafts: readonly InvoiceDraft[]): string =>
  drafts
    .flatMap((draft) =>
      draft.lines.map((line) =>
        [
          draft.split,
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
        ].join('|'),
      ),
    )
    .toSorted()
    .join('\n');

/** {@link draftText} of the drafts that are stored. */
export async function storedDraftText(em: EntityManager, runMerchantId: string): Promise<string> {
  const found = await rows<{ text: string }>(
    em,
    sql`select concat_ws('|', i.split, l.kind, coalesce(l.own_charge_id::text, ''), l.section, l.charge_type, l.version_id, l.rule_key, coalesce(trim_scale(l.tier_from)::text, ''), l.service_month,
          trim_scale(l.quantity), trim_scale(l.unit_price), trim_scale(l.base_quantity), l.net_minor, l.vat_category, l.vat_rate_bp) as text
        from invoice i join invoice_line l on l.invoice_id = i.id where i.run_merchant_id = ${runMerchantId} and i.state = 'draft'`,
  );
  return found
    .map(({ text }) => text)
    .toSorted()
    .join('\n');
}
