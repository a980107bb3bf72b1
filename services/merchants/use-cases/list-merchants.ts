import { read } from '../../../shared/messaging/transact.ts';
import { readCursor, toPage, type Page } from '../../../shared/persistence/page.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { merchantsActions } from '../../../shared/protocol/merchants/actions.ts';
import type { MerchantView } from '../../../shared/protocol/merchants/merchant-fields.ts';
import type { MerchantSnapshot } from '../../../shared/protocol/merchants/events.ts';
import type { MerchantsDeps } from '../merchants.deps.ts';
import { findMerchant, findMerchants, merchantView, sortKey } from '../persistence/merchant.ts';
import { readSnapshot } from '../persistence/snapshot.ts';

export async function listMerchants(
  deps: MerchantsDeps,
  input: InputOf<typeof merchantsActions.listMerchants>,
  actor: Actor,
): Promise<Page<MerchantView>> {
  const after = readCursor(input.cursor, [input.sort.endsWith('createdAt') ? 'instant' : 'text', 'id']);
  const found = await read(deps, actor, (em) => findMerchants(em, input, after, input.limit + 1));
  return toPage(
    found,
    input.limit,
    (merchant) => [sortKey(merchant, input.sort), merchant.id],
    (merchant) => merchantView(merchant, actor),
  );
}

/** @throws NotFound */
export const getMerchant = async (
  deps: MerchantsDeps,
  { id }: InputOf<typeof merchantsActions.getMerchant>,
  actor: Actor,
): Promise<MerchantView> => merchantView(await read(deps, actor, (em) => findMerchant(em, id)), actor);

/** @throws NotFound */
export const getMerchantSnapshot = (
  deps: MerchantsDeps,
  { id }: InputOf<typeof merchantsActions.getMerchantSnapshot>,
  actor: Actor,
): Promise<MerchantSnapshot> => read(deps, actor, (em) => readSnapshot(em, id));
