import type { ConsumerTx } from '../../../../shared/messaging/consumer.ts';
import type { EnvelopeOf } from '../../../../shared/protocol/define.ts';
import type { specialJobSignedOffV1 } from '../../../../shared/protocol/orders/events.ts';
import type {
  batchDispatchedV1,
  chargesMovedV1,
  itemSettledV1,
  quarantineAccruedV1,
  returnInspectedV1,
  returnReceivedV1,
} from '../../../../shared/protocol/returns/events.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { batchCharges } from '../../domain/charge-types/batches.ts';
import { quarantineCharges } from '../../domain/charge-types/quarantine.ts';
import {
  chargeRevisionOf,
  inspectionCharges,
  INSPECTION,
  keepsEarlier,
  movedCharges,
  receiptCharges,
  SETTLED_ITEM,
  settledItemCharges,
} from '../../domain/charge-types/returns.ts';
import { SPECIAL_JOB, specialJobCharges } from '../../domain/charge-types/special-jobs.ts';
import { chargeCorrectable, chargeFacts } from './charge-facts.ts';

type Deps = Pick<BillingDeps, 'rules' | 'now'>;

export async function chargeReceipts(deps: Deps, { em }: ConsumerTx, events: EnvelopeOf<typeof returnReceivedV1>[]) {
  await chargeFacts(
    deps,
    em,
    events.flatMap(({ payload }) => receiptCharges(payload)),
  );
}

export async function chargeBatches(deps: Deps, { em }: ConsumerTx, events: EnvelopeOf<typeof batchDispatchedV1>[]) {
  await chargeFacts(
    deps,
    em,
    events.flatMap(({ payload }) => batchCharges(payload)),
  );
}

/**
 * Also takes back what was settled after an earlier revision: the new one names every item, whatever became of it.
 * Where the merchant's earlier charges stay, a revision replaces none and charges what comes on top of them.
 */
export async function chargeInspections(
  deps: Deps,
  { em }: ConsumerTx,
  events: EnvelopeOf<typeof returnInspectedV1>[],
) {
  const revisions = events.map(({ payload }) => ({
    sourceEvent: payload.returnId,
    merchantId: payload.merchantId,
    revision: keepsEarlier(payload) ? 0 : chargeRevisionOf(payload),
  }));
  await chargeCorrectable(
    deps,
    em,
    INSPECTION,
    revisions,
    events.flatMap(({ payload }) => inspectionCharges(payload)),
  );
  const corrected = events.filter(({ payload }) => chargeRevisionOf(payload) > 0 && !keepsEarlier(payload));
  const items = corrected.flatMap(({ payload }) =>
    payload.items.map(({ itemId }) => ({
      ...{ sourceEvent: itemId, merchantId: payload.merchantId, revision: chargeRevisionOf(payload) },
    })),
  );
  if (items.length) await chargeCorrectable(deps, em, SETTLED_ITEM, items, []);
}

/**
 * Goods that were charged with one return are charged with another one from now on: what stays takes the place of all
 * that was charged before, and of what was decided of these goods since.
 */
export async function chargeMovedGoods(deps: Deps, { em }: ConsumerTx, events: EnvelopeOf<typeof chargesMovedV1>[]) {
  const all = events.map(({ payload }) => payload);
  const returns = all.map(({ returnId, merchantId, chargeRevision: revision }) => ({
    ...{ sourceEvent: returnId, merchantId, revision },
  }));
  await chargeCorrectable(deps, em, INSPECTION, returns, all.flatMap(movedCharges));
  const items = all.flatMap(({ merchantId, chargeRevision: revision, items: left, movedItemIds }) =>
    [...left.map(({ itemId }) => itemId), ...movedItemIds].map((sourceEvent) => ({
      ...{ sourceEvent, merchantId, revision },
    })),
  );
  await chargeCorrectable(deps, em, SETTLED_ITEM, items, []);
}

/** What an earlier revision charged, and what stays so, is neither charged nor taken back. */
export async function chargeSettledItems(deps: Deps, { em }: ConsumerTx, all: EnvelopeOf<typeof itemSettledV1>[]) {
  const events = all.filter(({ payload }) => !payload.chargedBefore);
  const revisions = events.map(({ payload }) => ({
    sourceEvent: payload.itemId,
    merchantId: payload.merchantId,
    revision: chargeRevisionOf(payload),
  }));
  await chargeCorrectable(
    deps,
    em,
    SETTLED_ITEM,
    revisions,
    events.flatMap(({ payload }) => settledItemCharges(payload)),
  );
}

export async function chargeQuarantine(
  deps: Deps,
  { em }: ConsumerTx,
  events: EnvelopeOf<typeof quarantineAccruedV1>[],
) {
  await chargeFacts(
    deps,
    em,
    events.flatMap(({ payload }) => quarantineCharges(payload)),
  );
}

export async function chargeSpecialJobs(
  deps: Deps,
  { em }: ConsumerTx,
  events: EnvelopeOf<typeof specialJobSignedOffV1>[],
) {
  const revisions = events.map(({ payload: { specialJobId, merchantId, revision } }) => ({
    sourceEvent: specialJobId,
    merchantId,
    revision,
  }));
  await chargeCorrectable(
    deps,
    em,
    SPECIAL_JOB,
    revisions,
    events.flatMap(({ payload }) => specialJobCharges(payload)),
  );
}
