import { blankItem, blankReturn } from './blank.ts';
import type { Command, Item, ReturnView, Step, WaitingPhoto } from './model.ts';
import { isHere } from './reference.ts';
import { suggestDisposition, type SuggestionRule } from './suggestion.ts';

/** What the reducer needs to know beside the commands. */
export interface Known {
  rulesOf: (merchantId: string | null) => readonly SuggestionRule[];
  groupOf: (merchantId: string | null, sku: string | null) => string | null;
  photos: ReadonlyMap<string, WaitingPhoto>;
}

/**
 * A return as it will be when everything that waits has arrived: what the worker did is seen at once, with and without
 * a network. Applying a step that the server already knows changes nothing, because an answer may have got lost.
 * @param base      the server's last word; none for a return that it has not heard of
 * @param commands  those of this return, in order
 */
export function applyCommands(
  base: ReturnView | undefined,
  commands: readonly Command[],
  known: Known,
): ReturnView | undefined {
  return commands.reduce<ReturnView | undefined>((view, command) => {
    if (command.step.kind === 'create') return view ?? blankReturn(command.returnId, command.step.body, command.at);
    return view && applyStep(view, command.step, command, known);
  }, base);
}

function applyStep(
  view: ReturnView,
  step: Exclude<Step, { kind: 'create' }>,
  { at }: Command,
  known: Known,
): ReturnView {
  switch (step.kind) {
    case 'receive':
      return received(view, step.body, at);
    case 'addItem': {
      const { itemId, origin = 'unexpected', sku = null, name = '', quantity, insteadOf } = step.body;
      if (view.items.some(({ id }) => id === itemId)) return view;
      const found = { origin, sku, name, quantity, insteadOf: insteadOf ?? null, state: 'received' as const };
      return withItems(view, [{ ...blankItem(itemId), ...found }]);
    }
    case 'inspect':
      return inspected(view, step.body, at, known);
    case 'photo':
      return view;
    case 'complete':
      return completed(view, at);
  }
}

type ReceiveBody = Extract<Step, { kind: 'receive' }>['body'];

function received(view: ReturnView, body: ReceiveBody, at: string): ReturnView {
  if (isHere(view)) return furtherReceived(view, body);
  const { carrier, trackingNumber, items } = body;
  const counted = new Set(items?.map(({ itemId }) => itemId));
  const all = view.kind === 'undeliverable' && !items;
  return {
    ...view,
    state: 'received',
    carrier: carrier ?? view.carrier,
    trackingNumber: trackingNumber ?? view.trackingNumber,
    receivedAt: at,
    items: view.items.map((item) => (all || counted.has(item.id) ? { ...item, state: 'received' } : item)),
  };
}

/** A further parcel (A6) opens the inspection again, for what was missing; the rest goes on its way. */
function furtherReceived(view: ReturnView, { parcelId, trackingNumber, onlyFirst }: ReceiveBody): ReturnView {
  const isKnown = view.parcels.some(
    (came) => came.id === parcelId || (trackingNumber !== undefined && came.trackingNumber === trackingNumber),
  );
  if (onlyFirst || isKnown || view.state === 'received' || view.state === 'inspecting') return view;
  const items = view.items.map((item): Item => (item.state === 'missing' ? { ...item, state: 'expected' } : item));
  return counted({ ...view, state: 'inspecting', inspectedAt: null, completedAt: null, items });
}

type InspectBody = Extract<Step, { kind: 'inspect' }>['body'];

function inspected(view: ReturnView, body: InspectBody, at: string, known: Known): ReturnView {
  const split = view.items.find(({ id }) => id === body.partId);
  const target = split ?? view.items.find(({ id }) => id === body.itemId);
  if (!target || !['received', 'inspecting', 'processing'].includes(view.state)) return view;
  const isPart = !split && body.quantity < target.quantity;
  const graded = withFinding(
    isPart ? { ...target, id: body.partId ?? target.id, splitFrom: target.id, splitAt: at } : target,
    body,
  );
  const { merchantId, kind } = view;
  const judged = { ...graded, articleGroup: known.groupOf(merchantId, graded.sku) };
  const suggested = suggestDisposition(known.rulesOf(merchantId), judged, kind);
  const byRule = suggested === 'ask' ? 'hold' : suggested;
  const decided = body.disposition !== undefined && body.disposition !== byRule;
  const item: Item = {
    ...graded,
    state: decided ? 'decided' : 'disposition_proposed',
    inspectedAt: at,
    suggestedDisposition: suggested,
    disposition: body.disposition ?? byRule,
    dispositionSource: decided ? 'manual' : 'rule',
    dispositionReason: decided ? (body.overrideReason ?? body.note ?? null) : null,
  };
  const rest = isPart ? [{ ...target, quantity: target.quantity - body.quantity }] : [];
  const state = view.state === 'received' ? 'inspecting' : view.state;
  return withItems({ ...view, state }, [item, ...rest]);
}

const withFinding = (item: Item, body: InspectBody): Item => ({
  ...item,
  quantity: body.quantity,
  grade: body.grade,
  reason: body.reason ?? null,
  note: body.note ?? '',
  serialNumbers: body.serialNumbers ?? [],
  batchNumber: body.batchNumber ?? null,
  bestBefore: body.bestBefore ?? null,
  checklist: body.checklist ?? null,
  overReturnReason: body.overReturnReason ?? null,
});

/** Where the goods go the server says; here it is enough that the work on them has ended. */
function completed(view: ReturnView, at: string): ReturnView {
  if (view.state !== 'received' && view.state !== 'inspecting') return view;
  const items = view.items.map((item): Item => (item.state === 'expected' ? { ...item, state: 'missing' } : item));
  return counted({ ...view, state: 'inspected', inspectedAt: at, items });
}

/** The return with items replaced by their id, and new ones behind what they were split from, or at the end. */
function withItems(view: ReturnView, changed: readonly Item[]): ReturnView {
  const byId = new Map(changed.map((item) => [item.id, item]));
  const known = new Set(view.items.map(({ id }) => id));
  const fresh = changed.filter(({ id }) => !known.has(id));
  const items = view.items.flatMap((item) => [
    byId.get(item.id) ?? item,
    ...fresh.filter(({ splitFrom }) => splitFrom === item.id),
  ]);
  return counted({
    ...view,
    items: [...items, ...fresh.filter(({ splitFrom }) => !splitFrom || !known.has(splitFrom))],
  });
}

/** Expected against received (A7), as the server counts it. */
function counted(view: ReturnView): ReturnView {
  const sum = (holds: (item: Item) => boolean) =>
    view.items.filter(holds).reduce((pieces, { quantity }) => pieces + quantity, 0);
  const here = ({ state }: Item) => state !== 'expected' && state !== 'missing';
  const pieces = {
    expected: sum(({ origin }) => origin === 'expected'),
    received: sum(here),
    missing: sum(({ state }) => state === 'missing'),
    unexpected: sum(({ origin }) => origin === 'unexpected'),
    foreign: sum(({ origin }) => origin === 'foreign'),
  };
  return { ...view, pieces };
}
