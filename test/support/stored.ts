import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { until } from './product.ts';
import type { WholeProduct } from './whole-product.ts';

/** What a refused request may add to: the trail, and what counts log-ins. */
const MAY_GROW = ['messaging.audit_entry', 'identity.session', 'identity.refresh_token', 'identity.login_attempt'];

/** Rows of every table, every file and every mail: what a request that is refused leaves as it was. */
export interface Stored {
  rows: unknown[];
  files: string[];
  mails: number;
}

type Asked = Pick<WholeProduct, 'query'>;

/** Of a product at rest. @throws Error when what was announced is not worked off within half a minute */
export async function whatIsStored(product: Pick<WholeProduct, 'query' | 'dir' | 'mails'>): Promise<Stored> {
  return { rows: await rowCounts(product), files: filesBelow(product.dir), mails: product.mails.length };
}

/** How many rows each table has once everything that was announced is done, and the mails of it are sent. */
export async function rowCounts({ query }: Asked): Promise<unknown[]> {
  await until('everything to be done', async () => {
    const [left] = await query<{ n: string }>(
      `select (select count(*) from messaging.delivery where done_at is null and parked_at is null)
         + (select count(*) from notifications.message where state in ('queued', 'sending')) as n`,
    );
    return left!.n === '0';
  });
  const tables = await query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') and schemaname || '.' || tablename <> all ($1)`,
    [MAY_GROW],
  );
  const counts = tables.map(({ name }) => `select '${name}' as "table", count(*)::int as rows from ${name}`);
  return query(`${counts.join(' union all ')} order by 1`);
}

/** Every file of the product: objects, unfinished uploads and what lies in its folder for temporary files. */
export function filesBelow(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)))
    .toSorted();
}

/** Of those, the ones that no upload may leave behind. */
export const unfinished = (files: readonly string[]): string[] =>
  files.filter((name) => /(^|\/)(incoming|\.parts|tmp)\//.test(name));
