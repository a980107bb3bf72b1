import { NotFound } from '../../../../shared/kernel/errors.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import { readTimeCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { carrierActions } from '../../../../shared/protocol/orders/carrier-actions.ts';
import type {
  CarrierInvoiceView,
  CarrierLineHistoryView,
  CarrierLineView,
} from '../../../../shared/protocol/orders/carrier-invoices.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { carrierInvoices } from '../../persistence/carrier-invoices.ts';
import { carrierLineSteps } from '../../persistence/carrier-line-history.ts';
import { carrierLines, findCarrierLine } from '../../persistence/carrier-lines.ts';

type Actions = typeof carrierActions;
const keyOf = ({ importedAt, id }: { importedAt: string; id: string }) => [importedAt, id];

/** Imported last first. @throws AppError 403 for an API key of a merchant */
export async function listCarrierInvoices(
  deps: OrdersDeps,
  { limit, cursor }: InputOf<Actions['listCarrierInvoices']>,
  actor: Actor,
): Promise<Page<CarrierInvoiceView>> {
  assertHouse(actor);
  const before = readTimeCursor(cursor);
  const found = await read(deps, actor, (em) => carrierInvoices(em, limit, before));
  return toPage(found, limit, keyOf, (invoice) => invoice);
}

/** Imported last first. @throws AppError 403 for an API key of a merchant */
export async function listCarrierLines(
  deps: OrdersDeps,
  { cursor, ...filter }: InputOf<Actions['listCarrierLines']>,
  actor: Actor,
): Promise<Page<CarrierLineView>> {
  assertHouse(actor);
  const before = readTimeCursor(cursor);
  const found = await read(deps, actor, (em) => carrierLines(em, { ...filter, before }));
  return toPage(found, filter.limit, keyOf, (line) => line);
}

/** @throws NotFound; AppError 403 for an API key of a merchant */
export async function getCarrierLine(
  deps: OrdersDeps,
  { id }: InputOf<Actions['getCarrierLine']>,
  actor: Actor,
): Promise<CarrierLineHistoryView> {
  assertHouse(actor);
  return read(deps, actor, async (em) => {
    const line = await findCarrierLine(em, id);
    if (!line) throw new NotFound('carrier line');
    return { ...line, history: await carrierLineSteps(em, id) };
  });
}
