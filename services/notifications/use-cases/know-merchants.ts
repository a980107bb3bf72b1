import type { ConsumerTx } from '../../../shared/messaging/consumer.ts';
import type { EnvelopeOf } from '../../../shared/protocol/define.ts';
import type { merchantChangedV1 } from '../../../shared/protocol/merchants/events.ts';
import { lockArrivals, releaseEvents } from '../persistence/held-events.ts';
import { endInvoiceLinks } from '../persistence/invoice-links.ts';
import { upsertMerchants } from '../persistence/merchants.ts';
import { TELLERS } from '../templates/index.ts';
import { tellNews } from './tell-news.ts';
import type { TellDeps } from './tell.ts';

/** Keeps what mails need of merchants, and tells them what waited for it. */
export async function knowMerchants(
  deps: TellDeps,
  tx: ConsumerTx,
  events: EnvelopeOf<typeof merchantChangedV1>[],
): Promise<void> {
  await lockArrivals(tx.em);
  const snapshots = events.map(({ payload }) => payload);
  await upsertMerchants(tx.em, snapshots);
  await endInvoiceLinks(tx.em, snapshots, deps.now());
  const released = await releaseEvents(
    tx.em,
    snapshots.map(({ merchantId }) => merchantId),
  );
  for (const { event } of TELLERS) {
    const own = released
      .filter(({ type }) => type === event.type)
      .map((each) => ({ ...each, payload: event.payload.parse(each.payload) }));
    if (own.length) await tellNews(deps, event, tx, own);
  }
}
