import type { EntityManager } from '../../../shared/persistence/orm.ts';
import type { EnvelopeOf } from '../../../shared/protocol/define.ts';
import type { returnInspectedV1 } from '../../../shared/protocol/returns/events.ts';
import { insertRestocked, noteRevisions, reverseEarlier, type RestockedReturn } from '../persistence/stock.ts';

type Inspected = EnvelopeOf<typeof returnInspectedV1>;

/**
 * Books what an inspection gives back to the stock. A later revision of the same return takes the earlier bookings
 * back and makes its own; one that arrives late, after its successor, changes nothing. A batch may hold several
 * revisions of one return, so only its newest is taken.
 */
export async function restockReturnedGoods(em: EntityManager, events: readonly Inspected[], now: Date): Promise<void> {
  const newest = new Map<string, RestockedReturn>();
  for (const { payload } of events)
    if (payload.revision >= (newest.get(payload.returnId)?.revision ?? 0))
      newest.set(payload.returnId, restocked(payload));
  const noted = await noteRevisions(em, [...newest.values()]);
  const returns = [...newest.values()].filter(({ returnId }) => noted.has(returnId));
  if (!returns.length) return;
  await reverseEarlier(em, returns, now);
  await insertRestocked(em, returns, now);
}

function restocked({
  returnId,
  merchantId,
  number,
  revision,
  inspectedAt,
  inspectedOn,
  items,
}: Inspected['payload']): RestockedReturn {
  return {
    ...{ returnId, merchantId, number, revision, inspectedAt, inspectedOn },
    items: items.flatMap(({ itemId, sku, name, quantity, disposition }) =>
      disposition === 'restock' || disposition === 'restock_b'
        ? [{ itemId, sku, name, quantity, quality: disposition === 'restock' ? ('a' as const) : ('b' as const) }]
        : [],
    ),
  };
}
