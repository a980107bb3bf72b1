import { SURCHARGE_HELD, SURCHARGE_WAIVED } from '../../../../shared/kernel/charge-reasons.ts';
import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import { carrierSurcharge } from '../../domain/charge-types/carrier-surcharges.ts';
import { reversalOf } from '../../domain/charge-types/index.ts';
import { isPair } from './pairs.ts';

const SUFFIX = reversalOf('');
/** Said literally, as the index of carriers' unbilled charges says it; row security keeps that of references from use. */
const TYPE = sql.lit(carrierSurcharge.key);

/** Whether a carrier billed two charges for the same parcel and kind of surcharge. */
const isSameSurcharge = (one: string, two: string) => {
  const [a, b] = [(column: string) => sql.ref(`${one}.${column}`), (column: string) => sql.ref(`${two}.${column}`)];
  return sql`${a('charge_type')} = ${TYPE} and ${b('charge_type')} = ${TYPE} and ${a('merchant_id')} = ${b('merchant_id')}
    and ${a('reference')} ->> 'id' = ${b('reference')} ->> 'id'
    and ${a('attributes')} ->> 'code' is not distinct from ${b('attributes')} ->> 'code'`;
};

const hasUnbilledPair = (charge: string) =>
  // looked up by its key for each of the few charges, never joined
  sql`exists (select 1 from charge pair where ${isPair(charge, 'pair')} and pair.line_id is null offset 0)`;

/** What a carrier gives back, not billed and released by nobody. */
const isOpenCredit = (
  credit: string,
) => sql`${sql.ref(`${credit}.line_id`)} is null and ${sql.ref(`${credit}.state`)} = 'accrued'
  and ${sql.ref(`${credit}.charge_type`)} = ${TYPE} and ${sql.ref(`${credit}.quantity`)} < 0 and not ${sql.ref(`${credit}.late_exempt`)}`;

/**
 * Whether a credit of a carrier waits at a run: a surcharge of the same parcel and kind is held, will be held for its age
 * by that run, or was waived, so that what it takes back is not billed (docs/decisions/018). What a twin outweighs is
 * no surcharge, and a credit that its own twin outweighs pays nothing out.
 * @param credit      alias of the charge
 * @param holdBefore  of the stream of carriers' surcharges; `null` where the run does not bill it
 */
export const isWaitingCredit = (credit: string, holdBefore: LocalDate | null) => sql`(
  ${holdBefore}::date is not null and ${isOpenCredit(credit)}
  and right(${sql.ref(`${credit}.source`)}, ${SUFFIX.length}::int) <> ${SUFFIX} and not ${hasUnbilledPair(credit)}
  and exists (
    select 1 from charge cost where ${isSameSurcharge('cost', credit)} and cost.quantity > 0 and cost.line_id is null
      and (cost.state in ('held', 'waived') or (cost.state = 'accrued' and not cost.late_exempt and cost.service_date < ${holdBefore}::date))
      and not ${hasUnbilledPair('cost')}))`;

/** A merchant's credits that wait at a run. */
export const waitingCredits = (merchantId: string, holdBefore: LocalDate | null) => sql`
  select credit.id, credit.stream from charge credit where credit.merchant_id = ${merchantId} and ${isWaitingCredit('credit', holdBefore)}`;

/** Locks what makes credits wait, so that none of it is released between the look and the hold. */
export async function lockSurcharges(
  em: EntityManager,
  merchantId: string,
  holdBefore: LocalDate | null,
): Promise<void> {
  await rows(
    em,
    sql`select cost.id from (${waitingCredits(merchantId, holdBefore)} offset 0) waiting join charge credit on credit.id = waiting.id
        join charge cost on ${isSameSurcharge('cost', 'credit')} and cost.quantity > 0 and cost.line_id is null
        order by cost.id for share of cost`,
  );
}

/** Why one of {@link waitingCredits} is held: nothing of its parcel and kind is left that could still be billed, or there is. */
export const reasonToWait = (credit: string) => sql`case when exists (
    select 1 from charge left_over where ${isSameSurcharge('left_over', credit)} and left_over.quantity > 0 and left_over.line_id is null
      and left_over.state <> 'waived' and not ${hasUnbilledPair('left_over')})
  then ${SURCHARGE_HELD}::text else ${SURCHARGE_WAIVED}::text end`;

/** Whether a charge is held as a credit, and there is a surcharge that it gives back and nobody was billed. */
export const isHeldCredit = (credit: string) => sql`(
  ${sql.ref(`${credit}.state_reason`)} in (${SURCHARGE_HELD}, ${SURCHARGE_WAIVED})
  and exists (select 1 from charge cost where ${isSameSurcharge('cost', credit)} and cost.quantity > 0 and cost.line_id is null offset 0))`;

/** A credit, or the twin of one, that is held along with a surcharge. */
export interface HeldCredit {
  id: string;
  merchantId: string;
  state: 'held';
  stateReason: string;
  isTwin: boolean;
}

/** Whether `c` is a credit that is held because the surcharge `cost` was. */
const isHeldWith = (surchargeId: string) => sql`cost.id = ${surchargeId} and cost.quantity > 0
  and ${isSameSurcharge('cost', 'c')} and c.line_id is null and c.state = 'held' and c.state_reason = ${SURCHARGE_HELD}`;

/** Locks the credits that are held because this surcharge is; none of any other charge. */
export const creditsHeldWith = (em: EntityManager, surchargeId: string): Promise<HeldCredit[]> =>
  rows<HeldCredit>(
    em,
    sql`select c.id, c.merchant_id as "merchantId", c.state, c.state_reason as "stateReason",
               right(c.source, ${SUFFIX.length}::int) = ${SUFFIX} as "isTwin"
        from charge cost cross join charge c where ${isHeldWith(surchargeId)} order by c.id for update of c`,
  );

/** Says of the credits of a surcharge that was just waived what they wait for now: for finance. */
export async function tellCreditsOfWaived(em: EntityManager, surchargeId: string): Promise<void> {
  await rows(
    em,
    sql`update charge c set state_reason = ${reasonToWait('c')} from charge cost where ${isHeldWith(surchargeId)}`,
  );
}
