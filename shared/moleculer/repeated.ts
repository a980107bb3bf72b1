const answers = new WeakSet<object>();

/**
 * Marks the answer of a create that found its resource with the same content: the route then says 200, not 201
 * (api.md, Writes). The mark stays beside the answer, so that the answer itself is the same.
 */
export function asRepeated<Answer extends object>(answer: Answer): Answer {
  answers.add(answer);
  return answer;
}

export const isRepeated = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && answers.has(answer);
