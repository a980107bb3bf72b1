import type { ConsumerTx } from '../../../../shared/messaging/consumer.ts';
import { rows, sql } from '../../../../shared/persistence/sql.ts';
import type { EnvelopeOf } from '../../../../shared/protocol/define.ts';
import type { goodsInClosedV1 } from '../../../../shared/protocol/orders/goods-in.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import type { ChargeFact } from '../../domain/charge-fact.ts';
import { GOODS_IN, goodsInCharges } from '../../domain/charge-types/goods-in.ts';
import { chargeCorrectable } from './charge-facts.ts';

/**
 * Charges deliveries by the ways that the cards price. One that they price in no way at all is no gift: every way of it
 * is noted without a price, which blocks the run until there is one or finance waives it.
 */
export async function chargeGoodsIn(
  deps: Pick<BillingDeps, 'rules' | 'now'>,
  { em }: ConsumerTx,
  events: EnvelopeOf<typeof goodsInClosedV1>[],
): Promise<void> {
  const revisions = events.map(({ payload: { goodsInId: sourceEvent, merchantId, revision } }) => ({
    ...{ sourceEvent, merchantId, revision },
  }));
  const facts = events.flatMap(({ payload }) => goodsInCharges(payload));
  await chargeCorrectable(deps, em, GOODS_IN, revisions, facts);
  const charged = await rows<{ sourceEvent: string; revision: number }>(
    em,
    sql`select distinct source_event as "sourceEvent", revision from charge
        where source = ${GOODS_IN} and source_event = any(${revisions.map(({ sourceEvent }) => sourceEvent)}::uuid[])`,
  );
  const known = new Set(charged.map(keyOf));
  const unpriced = facts.filter((fact) => !known.has(keyOf(fact)));
  if (unpriced.length) await chargeCorrectable(deps, em, GOODS_IN, revisions, unpriced.map(required));
}

const keyOf = ({ sourceEvent, revision }: { sourceEvent: string; revision: number }): string =>
  `${sourceEvent} ${revision}`;

const required = (fact: ChargeFact): ChargeFact => ({ ...fact, type: { ...fact.type, isOptional: false } });
