import { read } from '../../../shared/messaging/transact.ts';
import { readCursor, toPage, type Page } from '../../../shared/persistence/page.ts';
import { assertSeesMerchant, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { ContractView, merchantsActions } from '../../../shared/protocol/merchants/actions.ts';
import type { MerchantsDeps } from '../merchants.deps.ts';
import { contractView, findContracts } from '../persistence/contract.ts';

/** @throws NotFound when the filter names a merchant out of scope */
export async function listContracts(
  deps: MerchantsDeps,
  input: InputOf<typeof merchantsActions.listContracts>,
  actor: Actor,
): Promise<Page<ContractView>> {
  if (input.merchantId !== undefined) assertSeesMerchant(actor, input.merchantId);
  const after = readCursor(input.cursor, ['id', 'day', 'id']);
  const found = await read(deps, actor, (em) => findContracts(em, input, after, input.limit + 1));
  return toPage(found, input.limit, ({ merchantId, startsOn, id }) => [merchantId, startsOn, id], contractView);
}
