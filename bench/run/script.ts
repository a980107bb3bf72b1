import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { consumersOf } from '../../shared/protocol/consumers.ts';
import { invoiceFinalizedV1 } from '../../shared/protocol/billing/events.ts';
import { CUTOFF } from '../support/billing-house.ts';
import { timed } from '../support/report.ts';

/** Runs the script with the same writes, in the role and under the row security of the product. @returns milliseconds */
export async function billByScript(url: string): Promise<number> {
  const text = await readFile(new URL('same-writes.sql', import.meta.url), 'utf8');
  const script = text
    .replaceAll(':cutoff', `date '${CUTOFF}'`)
    .replaceAll(':consumers', `'{${consumersOf(invoiceFinalizedV1.type).join(',')}}'`);
  const client = new pg.Client({
    connectionString: url,
    options: '-c role=kontor_billing -c search_path=billing,messaging,public -c timezone=UTC -c jit=off',
  });
  await client.connect();
  try {
    return (await timed(() => client.query(script))).ms;
  } finally {
    await client.end();
  }
}
