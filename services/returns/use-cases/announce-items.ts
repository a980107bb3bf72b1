import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import { isStaff, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { announceItems } from '../domain/announced-items.ts';
import { assertReasonsKnown, ownReason } from '../domain/reason-mapping.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeOne } from './steps.ts';

/** Says anew what comes back. Errors: domain/announced-items.ts, `REASON_UNKNOWN`, and `ITEM_ID_TAKEN`. */
export const changeAnnouncedItems = (
  deps: ReturnsDeps,
  { id, items }: InputOf<typeof returnsActions.changeAnnouncedItems>,
  actor: Actor,
): Promise<ReturnView> =>
  changeOne(deps, actor, id, async ({ parcel, photos, policy, em, moment }) => {
    if (!isStaff(actor) && parcel.merchantId !== null)
      assertReasonsKnown(
        policy,
        parcel.kind,
        items.map(({ reason = null }) => reason),
      );
    const given = items.map(({ reason, externalReason = null, ...item }) => ({
      ...item,
      reason: reason ?? (externalReason === null ? null : ownReason(policy, parcel.channel, externalReason)),
      externalReason,
    }));
    const announced = announceItems(parcel, given, photos, () => uuidv7(moment.at));
    if (announced !== parcel)
      await rows(
        em,
        sql`delete from returns.return_item where return_id = ${id} and id <> all(${announced.items.map((item) => item.id)}::uuid[])`,
      );
    return {
      parcel: announced,
      action: 'return.items-announced',
      detail: {
        items: announced.items.map(({ id: itemId, sku, name, quantity }) => ({ itemId, sku, name, quantity })),
      },
    };
  });
