import pg from 'pg';

/** What one statement read to answer. */
export interface Reading {
  text: string;
  /** Rows looked at in tables and indexes, the rejected ones included. */
  read: number;
  /** Tables that were read from one end to the other. */
  scanned: string[];
}

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
}

interface Statement {
  text: string;
  values: unknown[];
}

/**
 * Runs the work and explains, once more and with real rows, every statement it sent that looks at tables.
 * @param of  the service whose role and schema the statements belong to, and the scope they run in
 */
export async function readingsOf(
  url: string,
  { service, scope }: { service: string; scope: string },
  work: () => Promise<unknown>,
): Promise<Reading[]> {
  const statements = await sentBy(work);
  const options = `-c role=kontor_${service} -c search_path=${service},messaging,public -c timezone=UTC -c jit=off`;
  const client = new pg.Client({ connectionString: url, options });
  await client.connect();
  try {
    const readings: Reading[] = [];
    for (const statement of statements) readings.push(await explain(client, scope, statement));
    return readings;
  } finally {
    await client.end();
  }
}

async function explain(client: pg.Client, scope: string, { text, values }: Statement): Promise<Reading> {
  await client.query('begin');
  await client.query(`select set_config('kontor.scope', $1, true)`, [scope]);
  const {
    rows: [row],
  } = await client.query(`explain (analyze, timing off, format json) ${text}`, values);
  await client.query('rollback');
  const scans = scansOf(row['QUERY PLAN'][0].Plan as Plan);
  return {
    text,
    read: scans.reduce((sum, scan) => sum + rowsOf(scan), 0),
    scanned: scans.filter((scan) => scan['Node Type'] === 'Seq Scan').map((scan) => scan['Relation Name']!),
  };
}

const scansOf = (plan: Plan): Plan[] => [
  ...(plan['Relation Name'] && plan['Node Type'].includes('Scan') ? [plan] : []),
  ...(plan.Plans ?? []).flatMap(scansOf),
];

const rowsOf = (plan: Plan): number =>
  (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0)) *
  plan['Actual Loops'];

let sent: Statement[] | undefined;

// before any connection is made: those of the product keep the function that they found
const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
const { query } = prototype;
prototype.query = function (this: unknown, ...args: unknown[]) {
  const [first, second] = args as [string | { text: string; values?: unknown[] }, unknown];
  const { text, values } = typeof first === 'string' ? { text: first, values: second } : first;
  if (sent && /\bfrom\b/i.test(text)) sent.push({ text, values: Array.isArray(values) ? values : [] });
  return query.apply(this, args);
};

/** What was sent to the database meanwhile, by whatever connection. */
async function sentBy(work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  sent = statements;
  try {
    await work();
    return statements;
  } finally {
    sent = undefined;
  }
}
