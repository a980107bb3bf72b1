import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../../shared/persistence/sql.ts';
import type { RateAdjustment } from '../../../../shared/protocol/billing/rate-adjustment.ts';
import type { AppliedAdjustment } from '../../domain/adjustments/applied-adjustments.ts';
import { reversalOf } from '../../domain/charge-types/index.ts';

const SUFFIX = reversalOf('');

/** The invoice on which that stands what a charge takes back; `null` for all others, and where it is not billed. */
export const takenBackFrom = (charge: string) => sql`
  case when right(${sql.ref(`${charge}.source`)}, ${SUFFIX.length}::int) = ${SUFFIX} then (
    select stands.invoice_id from charge original join invoice_line stands on stands.id = original.line_id
    where original.source = left(${sql.ref(`${charge}.source`)}, -${SUFFIX.length}::int)
      and original.source_event = ${sql.ref(`${charge}.source_event`)} and original.charge_type = ${sql.ref(`${charge}.charge_type`)}
      and original.revision = ${sql.ref(`${charge}.revision`)}) end`;

/** The invoice whose surcharges and discounts a charge shares; `undefined` while they can still change. */
export async function invoiceOfAdjustments(em: EntityManager, chargeId: string): Promise<string | undefined> {
  const found = await firstRow<{ invoiceId: string | null }>(
    em,
    sql`select coalesce(${takenBackFrom('c')}, l.invoice_id) as "invoiceId"
        from charge c left join invoice_line l on l.id = c.line_id where c.id = ${chargeId}`,
  );
  return found?.invoiceId ?? undefined;
}

/**
 * The surcharges and discounts that were taken on invoices, with the days they were taken of. A version that starts in
 * the past changes nothing of them: what is taken back later is taken back with them.
 */
export async function standingAdjustments(
  em: EntityManager,
  invoiceIds: readonly string[],
): Promise<AppliedAdjustment[]> {
  if (!invoiceIds.length) return [];
  return rows<{ billedOn: string; versionId: string; adjustment: RateAdjustment; from: LocalDate; to: LocalDate }>(
    em,
    sql`select distinct l.invoice_id as "billedOn", l.version_id as "versionId", of_version.adjustment, days.span ->> 0 as from, days.span ->> 1 as to
        from invoice_line l join rate_version v on v.id = l.version_id
        cross join jsonb_array_elements(v.adjustments) as of_version (adjustment)
        cross join jsonb_array_elements(coalesce(l.detail -> 'days', jsonb_build_array(jsonb_build_array(
          coalesce(of_version.adjustment ->> 'from', v.valid_from::text), coalesce(of_version.adjustment ->> 'to', '2199-12-31'))))) as days (span)
        where l.invoice_id = any(${[...invoiceIds]}::uuid[]) and l.kind in ('surcharge', 'discount') and of_version.adjustment ->> 'key' = l.rule_key`,
  );
}
