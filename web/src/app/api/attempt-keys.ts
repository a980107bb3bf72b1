/**
 * Gives the same key to every attempt at the same thing until one of them succeeds, so that a second click after a lost
 * answer has no second effect. What is sent with other content is another thing, and so is what follows a success.
 */
export function attemptKeys() {
  const keys = new Map<string, string>();
  return async <Answer>(input: unknown, send: (key: string) => Promise<Answer>): Promise<Answer> => {
    const tried = JSON.stringify(input);
    const key = keys.get(tried) ?? newKey();
    keys.set(tried, key);
    const answer = await send(key);
    keys.clear();
    return answer;
  };
}

/** Without `randomUUID`, which pages without TLS do not have. */
const newKey = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
