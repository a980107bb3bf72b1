import type { RawBuilder } from 'kysely';
import type { EntityManager } from './orm.ts';
import { firstRow, sql } from './sql.ts';

type RowOf<Question> = Question extends RawBuilder<infer Row> ? Row : never;

/**
 * Asks several independent questions in one statement, so that they cost one way to the database and see it as of one
 * moment. Each is answered with its rows, in its order.
 *
 * Rows come as JSON: days and instants as text, every number as a number. A question about a number that a double
 * cannot hold casts it to text.
 */
export async function askTogether<Questions extends Record<string, RawBuilder<unknown>>>(
  em: EntityManager,
  questions: Questions,
): Promise<{ [Name in keyof Questions]: RowOf<Questions[Name]>[] }> {
  const answers = Object.entries(questions).map(
    ([name, question]) => sql`(select coalesce(jsonb_agg(to_jsonb(q)), '[]') from (${question}) q) as ${sql.ref(name)}`,
  );
  return (await firstRow(em, sql`select ${sql.join(answers)}`)) as never;
}
