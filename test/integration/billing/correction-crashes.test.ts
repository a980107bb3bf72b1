import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { correctionsOf } from '../../support/corrections.ts';

const CHILD = fileURLToPath(new URL('../../support/correcting-process.ts', import.meta.url));
let world: BillingWorld;
let fix: ReturnType<typeof correctionsOf>;
beforeAll(async () => {
  world = await createBillingWorld();
  fix = correctionsOf(world);
});
afterAll(() => world.close());

async function invoiced(name: string) {
  const merchantId = await world.addMerchant(name);
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-20', quantity: '10' }]);
  const { id } = await startRun(world.deps, { cutoff: '2026-10-31', merchantIds: [merchantId] }, FINANCE);
  await world.work();
  for (const step of ['approve', 'finalize'] as const) {
    await requestStep(world.deps, step, { id, merchantIds: [merchantId] }, FINANCE);
    await world.work();
  }
  const [invoice] = await fix.live(merchantId);
  const [line] = await world.database.query('select id from billing.invoice_line where invoice_id = $1', [invoice!.id]);
  return { merchantId, invoice: invoice!, lineId: line!['id'] as string };
}

/** All that a correction touches. */
const stateOf = async (merchantId: string) => ({
  documents: await fix.documents(merchantId),
  charges: await world.database.query('select * from billing.charge where merchant_id = $1', [merchantId]),
  rows: await world.database.query('select * from billing.run_merchant where merchant_id = $1', [merchantId]),
  numbers: await world.database.query(
    `select kind, last_number from billing.number_series where kind <> 'invoice' order by kind`,
  ),
});

async function correctAndDie(point: string, invoiceId: string, lineId?: string): Promise<void> {
  const child = spawn(process.execPath, [CHILD], {
    env: { ...process.env, DATABASE_URL: world.database.url, CRASH_AT: point, INVOICE: invoiceId, LINE: lineId ?? '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
}

test.each(['cancellation', 'creditNote'] as const)(
  'H5 H6 killed before it is committed, a %s leaves nothing, killed after it, all of it',
  async (kind) => {
    const { merchantId, invoice, lineId } = await invoiced(kind);
    const credited = kind === 'creditNote' ? lineId : undefined;
    const before = await stateOf(merchantId);
    await correctAndDie('number.taken', invoice.id, credited);
    expect(await stateOf(merchantId)).toEqual(before);
    await correctAndDie('event.stored', invoice.id, credited);
    const found = (await fix.documents(merchantId)).filter((one) => one.kind === kind);
    expect(found).toMatchObject([{ kind, state: 'finalized', net: credited ? -45 : -450 }]);
    // the document follows without anybody asking
    await world.work();
    const [document] = await world.database.query('select state from billing.invoice_document where invoice_id = $1', [
      found[0]!.id,
    ]);
    expect(document).toEqual({ state: 'ready' });
    if (!credited) expect((await fix.cancel(invoice.id)).id).toBe(found[0]!.id);
  },
);
