// A process that works on merchant rows as a node of the product does; the bench tells it when there are some.
import { workRow } from '../../services/billing/use-cases/runs/work-row.ts';
import { openBilling } from '../support/billing-house.ts';

/** What a worker tells after it has found nothing more to do. */
export interface Worked {
  rows: number;
  /** Highest resident memory so far. */
  megabytes: number;
}

const deps = await openBilling(process.argv[2]!);
let megabytes = 0;

process.on('message', () => void work());
process.on('disconnect', () => void deps.close().then(() => process.exit(0)));

async function work(): Promise<void> {
  let rows = 0;
  while (await workRow(deps)) {
    rows += 1;
    if (rows % 20 === 0) megabytes = Math.max(megabytes, process.memoryUsage.rss() / 2 ** 20);
  }
  megabytes = Math.max(megabytes, process.memoryUsage.rss() / 2 ** 20);
  process.send!({ rows, megabytes: Math.round(megabytes) } satisfies Worked);
}
process.send!({ rows: 0, megabytes: 0 } satisfies Worked);
