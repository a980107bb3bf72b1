import { asRepeated } from '../../../shared/moleculer/repeated.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import type { Item } from '../domain/model.ts';
import { addFound } from '../domain/receipt.ts';
import { itemIdTaken } from '../persistence/returns.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { changeOne } from './steps.ts';

type Input = InputOf<typeof returnsActions.addItem>;

/**
 * Goods in the parcel that nobody expected; a free text is enough (A3). With an id of the client's the same request
 * again adds nothing. Further errors: domain/receipt.ts.
 * @throws RuleViolation `ITEM_ID_TAKEN`
 */
export async function addItem(deps: ReturnsDeps, { id, ...input }: Input, actor: Actor): Promise<ReturnView> {
  let known: Item | undefined;
  const view = await changeOne(deps, actor, id, ({ parcel, moment }) => {
    const { itemId = uuidv7(moment.at), origin, sku = null, name, quantity, insteadOf = null } = input;
    known = parcel.items.find((item) => item.id === itemId);
    if (known && !isRepetition(known, { origin, sku, name })) throw itemIdTaken();
    return {
      parcel: known ? parcel : addFound(parcel, { id: itemId, origin, sku, name, quantity, insteadOf }),
      action: 'item.added',
      detail: { itemId, origin, sku, name, quantity, insteadOf },
    };
  });
  return known ? asRepeated(view) : view;
}

/** The pieces may have been split since, and the item linked to its article. */
const isRepetition = (known: Item, { origin, sku, name }: Pick<Item, 'origin' | 'sku' | 'name'>): boolean =>
  known.origin === origin && (known.recordedAs === null ? known.sku === sku && known.name === name : sku === null);
