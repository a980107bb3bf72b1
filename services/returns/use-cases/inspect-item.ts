import { RuleViolation } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { ReturnView } from '../../../shared/protocol/returns/views.ts';
import { assertAnsweredOnce, checklistFor, checklistsOf, suggestedGrade } from '../domain/checklist.ts';
import { inspect, type Finding } from '../domain/inspection.ts';
import { itemOf, withItems } from '../domain/items.ts';
import type { Item, Return } from '../domain/model.ts';
import { assertLabelPhoto } from '../domain/matching.ts';
import { overReturnReason, type OrderPieces } from '../domain/over-return.ts';
import { findList } from '../persistence/settings.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { mismatches } from './check-serials.ts';
import { changeOne, type Change, type Outcome } from './steps.ts';

type Input = InputOf<typeof returnsActions.inspectItem>;

/**
 * Records the finding for some pieces of an item. Errors: domain/inspection.ts, domain/over-return.ts,
 * domain/matching.ts (`LABEL_PHOTO_MISSING`), and `ITEM_ID_TAKEN` for the part.
 */
export const inspectItem = (deps: ReturnsDeps, { id, ...input }: Input, actor: Actor): Promise<ReturnView> => {
  const record = async (change: Change): Promise<Outcome> => {
    const { parcel, rules, policy, groups, moment } = change;
    assertLabelPhoto(parcel, change.photos);
    const itemId = splitBefore(parcel, input) ?? input.itemId;
    const item = itemOf(parcel, itemId);
    // what was announced stays the reason until the worker finds another one
    const finding = {
      ...input,
      ...{ itemId, reason: input.reason ?? item.reason },
      ...(await learned(change, item, input)),
    };
    const inspected = inspect(
      parcel,
      finding,
      { rules, policy, groups },
      moment,
      () => input.partId ?? uuidv7(moment.at),
    );
    const found = counted(inspected, change.orderPieces, input.overReturnReason);
    return {
      parcel: withItems(inspected.parcel, [found]),
      action: 'item.inspected',
      reason: found.dispositionReason ?? undefined,
      detail: { item: traceOf(found) },
    };
  };
  return changeOne(deps, actor, id, record, { piecesOf: input.itemId });
};

/** What serial numbers and answers tell; asked for only where there are some. */
async function learned(
  { em, parcel, groups }: Pick<Change, 'em' | 'parcel' | 'groups'>,
  { sku }: Item,
  { serialNumbers, checklist }: Omit<Input, 'id'>,
): Promise<Pick<Finding, 'serialMismatch' | 'suggestedGrade'>> {
  return {
    ...(serialNumbers ? { serialMismatch: await mismatches(em, parcel, { sku, serialNumbers }) } : {}),
    ...(checklist
      ? { suggestedGrade: await gradeBy(em, parcel, sku === null ? null : (groups.get(sku) ?? null), checklist) }
      : {}),
  };
}

async function gradeBy(
  em: EntityManager,
  { merchantId }: Return,
  articleGroup: string | null,
  answers: NonNullable<Input['checklist']>,
): Promise<Item['grade']> {
  assertAnsweredOnce(answers);
  const house = (await findList(em, 'return_checklist', null)).entries;
  const own = merchantId === null ? [] : (await findList(em, 'return_checklist', merchantId)).entries;
  return suggestedGrade(checklistFor(checklistsOf(own, house), articleGroup), answers);
}

/** More than was shipped needs a reason (A14); only of an order can that be known. */
function counted(
  { parcel, item }: { parcel: Return; item: Item },
  pieces: OrderPieces | null,
  reason: string | undefined,
): Item {
  if (!pieces) return { ...item, overReturnReason: null };
  const explained = { ...item, overReturnReason: reason ?? item.overReturnReason };
  return { ...item, overReturnReason: overReturnReason(parcel, explained, pieces) };
}

/** A repeated request finds the part it split off and corrects it, instead of splitting once more. */
function splitBefore(parcel: Return, { itemId, partId, quantity }: Omit<Input, 'id'>): string | undefined {
  const part = parcel.items.find(({ id }) => id === partId);
  if (!part || part.id === itemId) return undefined;
  if (part.splitFrom !== itemId || part.quantity !== quantity)
    throw new RuleViolation('ITEM_ID_TAKEN', 'An item with this id exists already');
  return part.id;
}

const traceOf = (item: Item) => ({
  id: item.id,
  splitFrom: item.splitFrom,
  quantity: item.quantity,
  grade: item.grade,
  suggestedGrade: item.suggestedGrade,
  disposition: item.disposition,
  dispositionSource: item.dispositionSource,
  suggestedDisposition: item.suggestedDisposition,
  ...(item.overReturnReason === null ? {} : { overReturnReason: item.overReturnReason }),
  ...(item.serialMismatch ? { serialMismatch: true } : {}),
});
