import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { TestDatabase } from '../../test/support/database.ts';

type Row = Record<string, unknown>;

/** The database fills these by itself. */
const FILLED = ['owner', 'label_number'];

/** Everything that the requests about one return wrote, by request. */
export interface Writes {
  head: Row;
  items: Row[];
  steps: { events: Row[]; deliveries: Row[]; audits: Row[] }[];
}

/** Reads what the product wrote for one return: the script writes the same. */
export async function recordWrites(database: TestDatabase, returnId: string): Promise<Writes> {
  const jsonOf = async (text: string, values: unknown[]): Promise<Row[]> =>
    (await database.query<{ row: Row }>(text, values)).map(({ row }) => row);
  const [head] = await jsonOf('select to_jsonb(t) as row from returns.return t where id = $1', [returnId]);
  const items = await jsonOf('select to_jsonb(t) as row from returns.return_item t where return_id = $1', [returnId]);
  const audits = await jsonOf(
    `select to_jsonb(t) as row from messaging.audit_entry t where entity = 'return' and entity_id = $1 order by id`,
    [returnId],
  );
  const requests = [...new Set(audits.map((audit) => audit['request_id']))];
  const steps = await Promise.all(
    requests.map(async (request) => {
      const events = await jsonOf(
        `select to_jsonb(t) as row from messaging.event t where request_id = $1 and type like 'returns.%'`,
        [request],
      );
      const deliveries = await jsonOf('select to_jsonb(t) as row from messaging.delivery t where event_id = any($1)', [
        events.map(({ id }) => id),
      ]);
      return { events, deliveries, audits: audits.filter((audit) => audit['request_id'] === request) };
    }),
  );
  return { head: head!, items, steps };
}

/** One return as a script would write it: a transaction per step, the fewest statements, no rule and no check. */
export async function writeAgain(pool: pg.Pool, { head, items, steps }: Writes): Promise<void> {
  const returnId = randomUUID();
  for (const [index, step] of steps.entries()) {
    const client = await pool.connect();
    try {
      await client.query('begin');
      if (index === 0) await insertReturn(client, returnId, head, items);
      else await updateReturn(client, returnId, head);
      await insertStep(client, returnId, step);
      await client.query('commit');
    } finally {
      client.release();
    }
  }
}

async function insertReturn(client: pg.PoolClient, returnId: string, head: Row, items: Row[]): Promise<void> {
  const own = { ...head, id: returnId, number: `S-${returnId}`, external_number: null };
  await insertRows(client, 'returns.return', [own]);
  await insertRows(
    client,
    'returns.return_item',
    items.map((item) => ({ ...item, id: randomUUID(), return_id: returnId })),
  );
}

async function updateReturn(client: pg.PoolClient, returnId: string, head: Row): Promise<void> {
  await client.query(
    'update returns.return set version = version + 1, updated_at = now(), carrier = $2, tracking_number = $3 where id = $1',
    [returnId, head['carrier'], head['tracking_number']],
  );
  await client.query(
    'update returns.return_item set state = state, grade = grade, note = note, disposition = disposition where return_id = $1',
    [returnId],
  );
}

async function insertStep(
  client: pg.PoolClient,
  returnId: string,
  { events, deliveries, audits }: Writes['steps'][number],
): Promise<void> {
  const ids = new Map(events.map(({ id }) => [id, randomUUID()]));
  if (events.length)
    await insertRows(
      client,
      'messaging.event',
      events.map((event) => ({ ...event, id: ids.get(event['id']) })),
    );
  if (deliveries.length)
    await insertRows(
      client,
      'messaging.delivery',
      deliveries.map((delivery) => ({ ...delivery, event_id: ids.get(delivery['event_id']) })),
    );
  if (audits.length)
    await insertRows(
      client,
      'messaging.audit_entry',
      audits.map((audit) => ({ ...audit, id: randomUUID(), entity_id: returnId })),
    );
}

async function insertRows(client: pg.PoolClient, table: string, rows: Row[]): Promise<void> {
  const columns = Object.keys(rows[0]!)
    .filter((column) => !FILLED.includes(column))
    .join(', ');
  await client.query({
    name: `${table} ${columns.length}`,
    text: `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
    values: [JSON.stringify(rows)],
  });
}
