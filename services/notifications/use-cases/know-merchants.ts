import type { ConsumerTx } from '../../../shared/messaging/consumer.ts';
import type { EnvelopeOf } from '../../../shared/protocol/define.ts';
import type { merchantChangedV1 } from '../../../shared/protocol/merchants/events.ts';
import { lockArrivals, releaseEvents } from '../persistence/held-events.ts';
import { upsertMerchants } from '../persistence/merchants.ts';
import { TEMPLATES } from '../templates/index.ts';
import { tell, type TellDeps } from './tell.ts';

/** Keeps what mails need of merchants, and tells them what waited for it. */
export async function knowMerchants(
  deps: TellDeps,
  tx: ConsumerTx,
  events: EnvelopeOf<typeof merchantChangedV1>[],
): Promise<void> {
  await lockArrivals(tx.em);
  const snapshots = events.map(({ payload }) => payload);
  await upsertMerchants(tx.em, snapshots);
  const released = await releaseEvents(
    tx.em,
    snapshots.map(({ merchantId }) => merchantId),
  );
  for (const template of TEMPLATES) {
    const own = released
      .filter(({ type }) => type === template.event.type)
      .map((event) => ({ ...event, payload: template.event.payload.parse(event.payload) }));
    if (own.length) await tell(deps, template, tx, own);
  }
}
