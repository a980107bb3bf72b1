import type { PoolClient } from 'pg';

/** How often a connection sees a text before it is worth a plan of its own. */
const WORTH_IT = 3;
/** Plans a connection keeps; the texts of a service are fewer, unless lists of values are written into them. */
const MOST_PLANS = 250;
const MOST_TEXTS = 2_000;

/** An error of a plan that is older than a change of its tables; the statement works once it is planned anew. */
export const isStalePlan = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('cached plan must not change result type');

/**
 * Makes a connection prepare the statements it runs often, so that PostgreSQL parses and plans each of them once and
 * not with every request. The planner still looks at the values as long as that pays (`plan_cache_mode=auto`).
 */
export function prepareOften(client: PoolClient): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const seen = new Map<string, number>();
  const plans = new Map<string, string>();
  let made = 0;

  const planFor = (text: string): string | undefined => {
    const known = plans.get(text);
    if (known !== undefined || plans.size >= MOST_PLANS) return known;
    const times = (seen.get(text) ?? 0) + 1;
    if (times < WORTH_IT) {
      if (seen.size >= MOST_TEXTS) seen.clear();
      seen.set(text, times);
      return undefined;
    }
    seen.delete(text);
    plans.set(text, `often_${(made += 1)}`);
    return plans.get(text);
  };

  const prepared = (...args: unknown[]): unknown => {
    const [text, values] = args;
    const isPlain = args.length === 2 && typeof text === 'string' && Array.isArray(values) && values.length > 0;
    const name = isPlain ? planFor(text) : undefined;
    if (name === undefined) return query(...args);
    return (query({ name, text, values }) as Promise<unknown>).catch((error: unknown) => {
      if (isStalePlan(error)) plans.delete(text as string);
      throw error;
    });
  };
  client.query = prepared as typeof client.query;
}
