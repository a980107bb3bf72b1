import type { ConsumerTx } from '../../../../shared/messaging/consumer.ts';
import type { EnvelopeOf } from '../../../../shared/protocol/define.ts';
import type { goodsInClosedV1 } from '../../../../shared/protocol/orders/goods-in.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { GOODS_IN, goodsInCharges } from '../../domain/charge-types/goods-in.ts';
import { chargeCorrectable } from './charge-facts.ts';

/** Charges closed deliveries by the ways that the cards price (D7); a correction replaces what was charged before. */
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
}
