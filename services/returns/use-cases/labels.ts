import { localDateOf } from '../../../shared/kernel/dates.ts';
import { NotFound, RuleViolation } from '../../../shared/kernel/errors.ts';
import { read } from '../../../shared/messaging/transact.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { Label, LabelSheet } from '../documents/label-model.ts';
import { labelCode } from '../domain/label-code.ts';
import { hintOf } from '../domain/label-hint.ts';
import type { Item, ItemState } from '../domain/model.ts';
import { findBatch } from '../persistence/batches.ts';
import { labelledItems, type LabelledItem } from '../persistence/labels.ts';
import { findMerchant } from '../persistence/merchants.ts';
import { findReturn } from '../persistence/returns.ts';
import type { ReturnsDeps } from '../returns.deps.ts';

type Actions = typeof returnsActions;
type File = OutputOf<Actions['getItemLabel']>;

const MOST_LABELS = 50;

/** The label of an item. @throws NotFound */
export async function getItemLabel(
  deps: ReturnsDeps,
  { itemId, ...print }: InputOf<Actions['getItemLabel']>,
  actor: Actor,
): Promise<File> {
  const [item] = await read(deps, actor, (em) => labelledItems(em, [itemId]));
  if (!item) throw new NotFound('item');
  return printed(deps, print, [labelOf(item)]);
}

/**
 * Labels of the items of a return, a page each: those named, else {@link toLabel}.
 * @throws NotFound for the return or an item of another one
 * @throws RuleViolation `RETURN_NOTHING_TO_LABEL`, `TOO_MANY_LABELS`
 */
export async function getReturnLabels(
  deps: ReturnsDeps,
  { id, itemIds, ...print }: InputOf<Actions['getReturnLabels']>,
  actor: Actor,
): Promise<File> {
  const items = await read(deps, actor, async (em) => {
    const { parcel } = await findReturn(em, id);
    const named = itemIds?.toLowerCase().split(',');
    if (named?.some((itemId) => !parcel.items.some((item) => item.id === itemId))) throw new NotFound('item');
    return labelledItems(em, named ?? toLabel(parcel.items));
  });
  if (!items.length)
    throw new RuleViolation('RETURN_NOTHING_TO_LABEL', 'None of its goods is in the house or expected');
  if (items.length > MOST_LABELS)
    throw new RuleViolation('TOO_MANY_LABELS', `Name at most ${MOST_LABELS} items at once`, { items: items.length });
  return printed(deps, print, items.map(labelOf));
}

/** What is in the house; while nothing is, what is expected, so that labels can lie ready. */
function toLabel(items: readonly Item[]): string[] {
  const expected = items.filter(({ state }) => state === 'expected');
  const here = items.filter(({ state }) => state !== 'expected' && !GONE.includes(state));
  return (here.length ? here : expected).map(({ id }) => id);
}

const GONE: readonly ItemState[] = ['missing', 'returned_to_merchant', 'disposed', 'donated'];

/** The label of the box of a batch. @throws NotFound */
export async function getBatchLabel(
  deps: ReturnsDeps,
  { id, ...print }: InputOf<Actions['getBatchLabel']>,
  actor: Actor,
): Promise<File> {
  const label = await read(deps, actor, async (em): Promise<Label> => {
    const batch = await findBatch(em, id);
    const merchant = (await findMerchant(em, batch.merchantId))!;
    return {
      ...{ kind: 'batch', code: labelCode('batch', batch.labelNumber), title: merchant.name, subtitle: batch.number },
      ...{ hint: 'rtv', grade: null, quantity: 0 },
      ...{ merchantNumber: merchant.number, returnNumber: null, orderNumber: null },
    };
  });
  return printed(deps, print, [label]);
}

const labelOf = (item: LabelledItem): Label => ({
  kind: 'item',
  code: labelCode('item', item.labelNumber),
  title: item.name || item.sku || '',
  subtitle: item.sku ?? '',
  hint: hintOf(item),
  grade: item.grade,
  quantity: item.quantity,
  merchantNumber: item.merchantNumber,
  returnNumber: item.returnNumber,
  orderNumber: item.orderNumber,
});

async function printed(
  deps: ReturnsDeps,
  { format, language }: Pick<LabelSheet, 'format' | 'language'>,
  labels: Label[],
): Promise<File> {
  const printedOn = localDateOf(deps.now(), deps.config.KONTOR_ZONE);
  const pdf = await deps.documents.render({ kind: 'labels', labels: { format, language, printedOn, labels } });
  const { key } = await deps.store.putContent('labels', pdf, 'pdf');
  const filename = `${language === 'de' ? 'Etikett' : 'label'}-${labels[0]!.code}.pdf`;
  return { objectKey: key, contentType: 'application/pdf', filename, disposition: 'inline' };
}
