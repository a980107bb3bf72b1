import { monthOf } from '../../../shared/kernel/dates.ts';
import { formatMicros, parseMicros } from '../../../shared/kernel/decimal.ts';
import { amountOrNull, lineNetMinor } from '../../../shared/kernel/money.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import type { ChargeTrace, ChargeView } from '../../../shared/protocol/billing/pricing-views.ts';
import type { RateModel } from '../../../shared/protocol/billing/rate-model.ts';
import { countsMonth, priceParts } from '../domain/rate-models.ts';
import type { Collection } from './runs/collected-charges.ts';
import { chargesOfDraftLine } from './runs/draft-line.ts';

const COLUMNS = sql`id, merchant_id as "merchantId", charge_type as "chargeType", stream, section, service_date as "serviceDate", quantity, unit,
  amount_minor::float8 as "amountMinor", state, state_reason as "stateReason", rule_key as "ruleKey", version_id as "versionId", line_id as "lineId", source,
  source_event as "sourceEvent", revision, attributes, reference, trace -> 'price' as price, created_at as "createdAt"`;

export type TracedCharge = ChargeView & { trace: ChargeTrace };

/**
 * Charges with an id below the cursor; ids rise with the time of arrival.
 * @param draft  what the line that is asked for will be made of, as long as it has no links
 */
export async function listChargePage(
  em: EntityManager,
  filter: InputOf<typeof pricingActions.listCharges>,
  before: string | undefined,
  limit: number,
  draft?: Collection,
): Promise<ChargeView[]> {
  const { merchantId, state, chargeType, stream, from, to, unbilled, lineId, sourceId } = filter;
  const conditions = [
    sql`true`,
    ...(before === undefined ? [] : [sql`id < ${before}`]),
    ...(merchantId === undefined ? [] : [sql`merchant_id = ${merchantId}`]),
    ...(state === undefined ? [] : [sql`state = ${state}`]),
    ...(chargeType === undefined ? [] : [sql`charge_type = ${chargeType}`]),
    ...(stream === undefined ? [] : [sql`stream = ${stream}`]),
    ...(from === undefined ? [] : [sql`service_date >= ${from}`]),
    ...(to === undefined ? [] : [sql`service_date <= ${to}`]),
    // what a line was made of stays so, also when the invoice is cancelled and its charges are free again
    ...(lineId === undefined
      ? []
      : [
          draft
            ? sql`id in (${chargesOfDraftLine(draft, lineId)})`
            : sql`id in (select charge_id from invoice_line_charge where invoice_line_charge.line_id = ${lineId})`,
        ]),
    ...(sourceId === undefined ? [] : [sql`reference ->> 'id' = ${sourceId}`]),
    ...(unbilled === undefined
      ? []
      : [unbilled === 'true' ? sql`line_id is null and state <> 'waived'` : sql`line_id is not null`]),
  ];
  const found = await rows<Row>(
    em,
    sql`select ${COLUMNS} from charge where ${sql.join(conditions, sql` and `)} order by id desc limit ${limit}`,
  );
  return found.map(view);
}

export async function findCharge(em: EntityManager, id: string): Promise<TracedCharge | undefined> {
  const found = await firstRow<Row & Pick<TracedCharge, 'trace'>>(
    em,
    sql`select ${COLUMNS}, trace from charge where id = ${id}`,
  );
  return found && view(found);
}

type Row = Omit<ChargeView, 'netMinor'> & { price: RateModel | null };

const view = <R extends Row>({ price, ...row }: R): Omit<R, 'price'> & Pick<ChargeView, 'netMinor'> => ({
  ...row,
  quantity: formatMicros(parseMicros(row.quantity)),
  netMinor: row.state === 'waived' ? 0 : amountOf(row, price),
  createdAt: new Date(row.createdAt).toISOString(),
});

/** Whatever has one price for each unit can be said of a single charge; tiers count the whole month. */
function amountOf(
  { quantity, serviceDate, amountMinor }: Pick<Row, 'quantity' | 'serviceDate' | 'amountMinor'>,
  price: RateModel | null,
) {
  if (!price || countsMonth(price)) return null;
  const parts = priceParts(price, parseMicros(quantity), { serviceMonth: monthOf(serviceDate), amountMinor });
  return amountOrNull(() =>
    parts.reduce(
      (sum, { quantityMicros, unitPriceMicros, baseQuantityMicros }) =>
        sum + lineNetMinor(quantityMicros, unitPriceMicros, baseQuantityMicros),
      0,
    ),
  );
}
