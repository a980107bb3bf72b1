import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { RateConditions } from '../../../shared/protocol/billing/rate-card.ts';
import type { RateModel } from '../../../shared/protocol/billing/rate-model.ts';
import { plainDecimal } from '../domain/invoices/invoice-draft.ts';
import { allocation, LIVE_LINES, type Collection } from './runs/allocations.ts';

/** A rule of a version as it is explained. */
export interface KnownRule {
  card: string;
  version: number;
  validFrom: string;
  key: string;
  label: { de: string; en: string };
  priority: number;
  unit: string;
  conditions: RateConditions;
  model: RateModel;
}

/** Rules of one type of charge, by card and version. */
export async function rulesOfVersions(
  em: EntityManager,
  chargeType: string,
  versions: readonly { card: string; version: number }[],
): Promise<KnownRule[]> {
  if (!versions.length) return [];
  return rows<KnownRule>(
    em,
    sql`select c.code as card, v.version, v.valid_from as "validFrom", r.key, r.label, r.priority, r.unit, r.conditions, r.model
        from unnest(${versions.map(({ card }) => card)}::text[], ${versions.map(({ version }) => version)}::int[]) as n (card, version)
        join rate_card c on c.code = n.card join rate_version v on v.card_id = c.id and v.version = n.version
        join rate_rule r on r.version_id = v.id and r.charge_type = ${chargeType}`,
  );
}

/** A quantity of a charge at one price. */
export interface ChargePart {
  quantity: string;
  unitPrice: string;
  baseQuantity: string;
  tierFrom: string | null;
  tierTo: string | null;
}

/** Where an unbilled charge stands in its month, and what the next draft makes of it. */
export async function positionInMonth(
  em: EntityManager,
  collection: Collection,
  chargeId: string,
): Promise<{ from: string; to: string; total: string; parts: ChargePart[] } | undefined> {
  const found = await rows<ChargePart & { from: string; to: string; total: string }>(
    em,
    sql`with ${allocation(collection)}
        select a.quantity, a.unit_price as "unitPrice", a.base_quantity as "baseQuantity", a.tier_from as "tierFrom", a.tier_to as "tierTo",
               c.counter_from as "from", c.counter_to as "to", c.month_total as total
        from allocated a join counted c on c.id = a.id where a.id = ${chargeId} order by a.tier_from`,
  );
  const [first] = found;
  return (
    first && {
      ...{ from: plainDecimal(first.from), to: plainDecimal(first.to), total: plainDecimal(first.total) },
      parts: found.map(plain),
    }
  );
}

export interface ChargeLine extends ChargePart {
  id: string;
  invoiceId: string;
  invoiceNumber: string | null;
  netMinor: number;
  charges: number;
}

/**
 * The lines of the invoice that a charge stands on, several where it spans tiers; then those by which later invoices took
 * it back and billed it again, because a volume price reached another tier.
 * @param drafts  also of an invoice that is approved and has no number yet
 */
export async function linesOfCharge(
  em: EntityManager,
  charge: { id: string; lineId: string; quantity: string },
  drafts: boolean,
): Promise<ChargeLine[]> {
  const found = await rows<ChargeLine>(
    em,
    sql`with stands as (
          select l.*, i.state, m.cutoff from invoice_line l join invoice i on i.id = l.invoice_id
          join run_merchant m on m.id = i.run_merchant_id where l.id = ${charge.lineId}),
        shown as (
          select l.*, i.number, coalesce(lc.quantity, ${charge.quantity}::numeric) as part, s.cutoff
          from stands s join invoice i on i.id = s.invoice_id and (${drafts} or i.state <> 'draft')
          join invoice_line l on l.invoice_id = i.id
          left join invoice_line_charge lc on lc.line_id = l.id and lc.charge_id = ${charge.id}
          where lc.charge_id is not null or l.id = s.id
          union all
          select l.*, i.number, case l.kind when 'volumeBack' then -${charge.quantity}::numeric else ${charge.quantity}::numeric end, m.cutoff
          from stands s join (${LIVE_LINES}) on l.merchant_id = s.merchant_id and l.service_month = s.service_month
            and l.version_id = s.version_id and l.rule_key = s.rule_key and l.kind in ('volumeBack', 'volumeAgain')
            and m.cutoff > s.cutoff and (${drafts} or i.state <> 'draft'))
        select id, invoice_id as "invoiceId", number as "invoiceNumber", net_minor::float8 as "netMinor", charge_count as charges,
               part as quantity, unit_price as "unitPrice", base_quantity as "baseQuantity", tier_from as "tierFrom", tier_to as "tierTo"
        from shown order by cutoff, kind <> 'volumeBack', position`,
  );
  return found.map((line) => ({ ...line, ...plain(line) }));
}

const plain = ({ quantity, unitPrice, baseQuantity, tierFrom, tierTo }: ChargePart): ChargePart => ({
  quantity: plainDecimal(quantity),
  unitPrice: plainDecimal(unitPrice),
  baseQuantity: plainDecimal(baseQuantity),
  tierFrom: tierFrom && plainDecimal(tierFrom),
  tierTo: tierTo && plainDecimal(tierTo),
});
