/** Where somebody is among the questions, and at which of them. */
export interface QuestionPlace {
  index: number;
  itemId: string;
}

/**
 * The question that is shown: the one that somebody is at, wherever it stands by now, so that nothing that is being
 * written is lost; once it is answered, the one in its place.
 * @param questions  at least one
 */
export function placeIn(questions: readonly { itemId: string }[], at: QuestionPlace): QuestionPlace {
  const found = questions.findIndex(({ itemId }) => itemId === at.itemId);
  const index = found < 0 ? Math.min(at.index, questions.length - 1) : found;
  return { index, itemId: questions[index]!.itemId };
}
