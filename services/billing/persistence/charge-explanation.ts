import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { RateConditions } from '../../../shared/protocol/billing/rate-card.ts';
import type { RateModel } from '../../../shared/protocol/billing/rate-model.ts';
import { plainDecimal } from '../domain/invoices/invoice-draft.ts';
import { allocation, type Collection } from './runs/allocations.ts';

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
 * The lines of the invoice that a charge stands on; several where it spans tiers.
 * @param drafts  also of an invoice that is approved and has no number yet
 */
export async function linesOfCharge(
  em: EntityManager,
  charge: { id: string; lineId: string; quantity: string },
  drafts: boolean,
): Promise<ChargeLine[]> {
  const found = await rows<ChargeLine>(
    em,
    sql`select l.id, l.invoice_id as "invoiceId", i.number as "invoiceNumber", l.net_minor::float8 as "netMinor", l.charge_count as charges,
               coalesce(lc.quantity, ${charge.quantity}::numeric) as quantity, l.unit_price as "unitPrice", l.base_quantity as "baseQuantity",
               l.tier_from as "tierFrom", l.tier_to as "tierTo"
        from invoice_line stands
        join invoice i on i.id = stands.invoice_id and (${drafts} or i.state <> 'draft')
        join invoice_line l on l.invoice_id = i.id
        left join invoice_line_charge lc on lc.line_id = l.id and lc.charge_id = ${charge.id}
        where stands.id = ${charge.lineId} and (lc.charge_id is not null or l.id = stands.id) order by l.position`,
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
