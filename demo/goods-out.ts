import { gzipSync } from 'node:zlib';
import type { Step } from './progress.ts';
import { until } from './parallel.ts';
import { rowsOf } from './sample.ts';
import type { World } from './world.ts';

interface Import {
  id: string;
  state: 'queued' | 'running' | 'done' | 'failed';
  counts: {
    rows: number;
    rowsReported: number;
    orders: { created: number };
    returns: { created: number };
    conflicts: number;
  };
  progress: { rowsRead: number; rowsTotal: number | null };
  finding: { message: string } | null;
}

/** Imports what the shop sends of some days: shipped orders, announced returns, and rows that are neither. */
export async function importDays({ as, sample }: World, from: string, to: string, step: Step): Promise<void> {
  const bytes = gzipSync(rowsOf(sample, from, to));
  const file = { bytes, name: `online-retail ${from} to ${to}.csv.gz`, type: 'application/gzip' };
  const { id } = await as.admin.upload('/imports', { profile: 'online-retail' }, file);
  const { counts } = await until(`the import ${id}`, async () => {
    const now = await as.admin.get<Import>(`/imports/${id}`);
    if (now.state === 'failed') throw new Error(`The import failed: ${now.finding?.message}`);
    if (now.progress.rowsTotal !== null) step.progress(now.progress.rowsRead, now.progress.rowsTotal, 'rows');
    return now.state === 'done' ? now : undefined;
  });
  if (counts.conflicts) throw new Error(`${counts.conflicts} documents of the import exist with other content`);
  step.result(
    `${counts.orders.created} orders, ${counts.returns.created} announced returns, ${counts.rowsReported} rows reported`,
  );
}
