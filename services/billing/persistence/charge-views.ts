import { formatMicros, parseMicros } from '../../../shared/kernel/decimal.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { firstRow, rows, sql } from '../../../shared/persistence/sql.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { pricingActions } from '../../../shared/protocol/billing/pricing-actions.ts';
import type { ChargeView } from '../../../shared/protocol/billing/pricing-views.ts';

const COLUMNS = sql`id, merchant_id as "merchantId", charge_type as "chargeType", stream, section, service_date as "serviceDate", quantity, unit,
  state, state_reason as "stateReason", rule_key as "ruleKey", version_id as "versionId", line_id as "lineId", source,
  source_event as "sourceEvent", revision, attributes, reference, created_at as "createdAt"`;

export type TracedCharge = ChargeView & { trace: Record<string, unknown> };

/** Charges with an id below the cursor; ids rise with the time of arrival. */
export async function listChargePage(
  em: EntityManager,
  filter: InputOf<typeof pricingActions.listCharges>,
  before: string | undefined,
  limit: number,
): Promise<ChargeView[]> {
  const { merchantId, state, chargeType, from, to, unbilled } = filter;
  const conditions = [
    sql`true`,
    ...(before === undefined ? [] : [sql`id < ${before}`]),
    ...(merchantId === undefined ? [] : [sql`merchant_id = ${merchantId}`]),
    ...(state === undefined ? [] : [sql`state = ${state}`]),
    ...(chargeType === undefined ? [] : [sql`charge_type = ${chargeType}`]),
    ...(from === undefined ? [] : [sql`service_date >= ${from}`]),
    ...(to === undefined ? [] : [sql`service_date <= ${to}`]),
    ...(unbilled === undefined
      ? []
      : [unbilled === 'true' ? sql`line_id is null and state <> 'waived'` : sql`line_id is not null`]),
  ];
  const found = await rows<ChargeView>(
    em,
    sql`select ${COLUMNS} from charge where ${sql.join(conditions, sql` and `)} order by id desc limit ${limit}`,
  );
  return found.map(view);
}

export async function findCharge(em: EntityManager, id: string): Promise<TracedCharge | undefined> {
  const found = await firstRow<TracedCharge>(em, sql`select ${COLUMNS}, trace from charge where id = ${id}`);
  return found && view(found);
}

const view = <Row extends ChargeView>(row: Row): Row => ({
  ...row,
  quantity: formatMicros(parseMicros(row.quantity)),
  createdAt: new Date(row.createdAt).toISOString(),
});
