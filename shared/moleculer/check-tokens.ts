import { LRUCache } from 'lru-cache';

/** What a token says, and until when, in milliseconds since 1970. */
export interface Checked<Value> {
  value: Value;
  endsAt: number;
}

const MOST = 10_000;

/**
 * Checks each token once for as long as it is good: a signature over the same characters never says anything else,
 * and every request and every call carries one. What a token allows is none of its business.
 * @param check  throws for a token that is not good, which is not remembered
 */
export function checkOnce<Value>(check: (token: string) => Promise<Checked<Value>>): (token: string) => Promise<Value> {
  const known = new LRUCache<string, Checked<Value>>({ max: MOST });
  return async (token) => {
    const earlier = known.get(token);
    if (earlier && earlier.endsAt > Date.now()) return earlier.value;
    const found = await check(token);
    known.set(token, found);
    return found.value;
  };
}
