import { invalidField, InvalidInput, type FieldError } from '../../../shared/kernel/errors.ts';
import type { ReturnChecklist, ReturnPhrase } from '../../../shared/protocol/returns/settings-actions.ts';
import type { ChecklistAnswer, Grade } from './model.ts';

/** Best first, so that the last of some is the worst. */
const GRADES: readonly Grade[] = ['A', 'B', 'C', 'D'];

/**
 * The checklists that count for a merchant: its own, and those of the house for all other articles.
 * @param own  of the merchant
 */
export const checklistsOf = (own: readonly ReturnChecklist[], house: readonly ReturnChecklist[]): ReturnChecklist[] => [
  ...own,
  ...house.filter(({ articleGroup }) => !own.some((checklist) => checklist.articleGroup === articleGroup)),
];

/** The checklist for an article: that of its group, else the one for all others. */
export const checklistFor = (
  checklists: readonly ReturnChecklist[],
  articleGroup: string | null,
): ReturnChecklist | undefined =>
  checklists.find((checklist) => checklist.articleGroup !== null && checklist.articleGroup === articleGroup) ??
  checklists.find((checklist) => checklist.articleGroup === null);

/**
 * The grade that answers suggest: the worst of theirs (B7). A question or answer that is not known (any more) suggests
 * nothing, because a device may work offline with the list of yesterday.
 * @returns null when no answer says anything about the grade
 */
export function suggestedGrade(
  checklist: ReturnChecklist | undefined,
  answers: readonly ChecklistAnswer[],
): Grade | null {
  const grades = answers.flatMap(({ question, answer }) => {
    const options = checklist?.questions.find(({ code }) => code === question)?.options ?? [];
    return options.find(({ code }) => code === answer)?.grade ?? [];
  });
  return GRADES.findLast((grade) => grades.includes(grade)) ?? null;
}

/** @throws InvalidInput `ANSWERED_TWICE`: every question has one answer */
export function assertAnsweredOnce(answers: readonly ChecklistAnswer[]): void {
  const twice = repeatedAt(answers.map(({ question }) => question));
  if (twice !== undefined) throw invalidField(`checklist.${twice}.question`, 'ANSWERED_TWICE', 'It has one answer');
}

/** @throws InvalidInput `DUPLICATE`, `OPTIONS_OF_YES_NO` with the path of each */
export function assertChecklists(checklists: readonly ReturnChecklist[]): void {
  const errors = [
    ...duplicate(
      checklists.map(({ id }) => id),
      (index) => `checklists.${index}.id`,
    ),
    ...duplicate(
      checklists.map(({ articleGroup }) => articleGroup ?? ''),
      (index) => `checklists.${index}.articleGroup`,
    ),
    ...checklists.flatMap(({ questions }, list) => [
      ...duplicate(
        questions.map(({ code }) => code),
        (index) => `checklists.${list}.questions.${index}.code`,
      ),
      ...questions.flatMap((question, index) => errorsOf(question, `checklists.${list}.questions.${index}.options`)),
    ]),
  ];
  if (errors.length) throw new InvalidInput(errors);
}

/** @throws InvalidInput `DUPLICATE` */
export function assertPhrases(phrases: readonly ReturnPhrase[]): void {
  const errors = duplicate(
    phrases.map(({ id }) => id),
    (index) => `phrases.${index}.id`,
  );
  if (errors.length) throw new InvalidInput(errors);
}

function errorsOf({ kind, options }: ReturnChecklist['questions'][number], path: string): FieldError[] {
  const codes = options.map(({ code }) => code);
  if (kind === 'yesNo' && codes.toSorted().join() !== 'no,yes')
    return [{ path, code: 'OPTIONS_OF_YES_NO', message: 'Such a question has the options `yes` and `no`' }];
  return duplicate(codes, (index) => `${path}.${index}.code`);
}

function duplicate(values: readonly string[], pathOf: (index: number) => string): FieldError[] {
  const index = repeatedAt(values);
  return index === undefined ? [] : [{ path: pathOf(index), code: 'DUPLICATE', message: 'This is there twice' }];
}

function repeatedAt(values: readonly string[]): number | undefined {
  const index = values.findIndex((value, at) => values.indexOf(value) !== at);
  return index === -1 ? undefined : index;
}
