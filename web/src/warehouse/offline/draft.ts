import { newId } from './ids.ts';
import type { Draft, Grade, InspectBody, Item } from './model.ts';
import type { Checklist } from './reference.ts';
import { withQuantity } from './serials.ts';

/** What the form of an item begins with: nothing, or the finding it has already. */
export const draftOf = (returnId: string, item: Item): Draft => ({
  returnId,
  itemId: item.id,
  partId: newId(),
  quantity: item.quantity,
  note: item.note,
  serialNumbers: [...item.serialNumbers],
  answers: Object.fromEntries((item.checklist ?? []).map(({ question, answer }) => [question, answer])),
  ...(item.grade ? { grade: item.grade } : {}),
  ...(item.reason ? { reason: item.reason } : {}),
  ...(item.dispositionSource === 'manual' && item.disposition ? { disposition: item.disposition } : {}),
  ...(item.dispositionSource === 'manual' && item.dispositionReason ? { overrideReason: item.dispositionReason } : {}),
  ...(item.batchNumber ? { batchNumber: item.batchNumber } : {}),
  ...(item.bestBefore ? { bestBefore: item.bestBefore } : {}),
});

/** The finding as the server takes it. @param grade  that of the draft, which has one by now */
export function findingOf(draft: Draft, item: Item, grade: Grade): InspectBody {
  const { quantity, reason, disposition, overrideReason, batchNumber, bestBefore, overReturnReason } = draft;
  const serialNumbers = withQuantity(draft, quantity).serialNumbers.flatMap((number) => number.trim() || []);
  const checklist = Object.entries(draft.answers).map(([question, answer]) => ({ question, answer }));
  const given = { reason, disposition, overrideReason, batchNumber, bestBefore, overReturnReason };
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value));
  return {
    itemId: item.id,
    quantity,
    grade,
    note: draft.note.trim(),
    ...filled,
    ...(serialNumbers.length ? { serialNumbers } : {}),
    ...(checklist.length ? { checklist } : {}),
    ...(quantity < item.quantity ? { partId: draft.partId } : {}),
  };
}

/** The checklist for an article: that of its group, else the one for all others. */
export const checklistFor = (checklists: readonly Checklist[], group: string | null): Checklist | undefined =>
  checklists.find(({ articleGroup }) => articleGroup !== null && articleGroup === group) ??
  checklists.find(({ articleGroup }) => articleGroup === null);

/** The worst grade of the answers, as the server suggests it (services/returns/domain/checklist.ts). */
export function suggestGrade(checklist: Checklist | undefined, answers: Draft['answers']): Grade | undefined {
  const grades = (checklist?.questions ?? []).flatMap(
    ({ code, options }) => options.find((option) => option.code === answers[code])?.grade ?? [],
  );
  return (['D', 'C', 'B', 'A'] as const).find((grade) => grades.includes(grade));
}
