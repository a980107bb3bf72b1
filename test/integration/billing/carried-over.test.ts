import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { getRun } from '../../../services/billing/use-cases/runs/read-runs.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import type { ObjectStore } from '../../../shared/storage/object-store.ts';
import { openObjectStore } from '../../../shared/storage/open-store.ts';
import { createBillingWorld, FINANCE, type BillingWorld, type TestCharge } from '../../support/billing-world.ts';
import { correctionsOf } from '../../support/corrections.ts';
import { billCutoff } from '../../support/issued-invoices.ts';
import { hasPdftotext, linesOf, textOf } from '../../support/pdf.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-carried-over-'));
let world: BillingWorld;
let store: ObjectStore;

beforeAll(async () => {
  world = await createBillingWorld();
  store = await openObjectStore(pathToFileURL(folder).href);
  Object.assign(world.deps, { store });
});
afterAll(async () => {
  await world.close();
  fs.rmSync(folder, { recursive: true });
});

interface Content {
  carriedOver?: { cutoff: string; netMinor: number };
  netMinor: number;
  sections: { lines: { netMinor: number }[] }[];
}

/** Drafts a cut-off of which the merchant is issued nothing. */
async function carry(merchantId: string, cutoff: string, at: string) {
  world.at(at);
  const { id } = await startRun(world.deps, { cutoff, merchantIds: [merchantId] }, FINANCE);
  await world.work();
  const { rows } = await getRun(world.deps, { id }, FINANCE);
  expect(rows).toMatchObject([
    { state: 'skipped', findings: [{ code: 'CARRIED_FORWARD' }, { code: 'NOTHING_TO_BILL' }] },
  ]);
}

/** Bills a cut-off. @returns the content of the merchant's document, and its files */
async function bill(merchantId: string, cutoff: string, at: string) {
  world.at(at);
  const id = (await billCutoff(world, cutoff)).get(merchantId);
  const [document] = await world.database.query<{ model: Content; object_key: string; xml_object_key: string }>(
    'select model, object_key, xml_object_key from billing.invoice_document where invoice_id = $1',
    [id],
  );
  return document!;
}

test('a negative total that waited is shown as carried over on the next invoice, and is billed there once', async () => {
  const merchantId = await world.addMerchant('Alpha GmbH');
  const charge = (rule: TestCharge['rule'], day: string, quantity: string) =>
    world.addCharges([{ merchantId, rule, day, quantity }]);
  await charge('returnParcel', '2026-10-05', '-2');
  await charge('pack', '2026-10-20', '3');
  await carry(merchantId, '2026-10-31', '2026-11-02T08:00:00Z');
  await charge('pack', '2026-11-10', '100');
  // told after October was carried over, so it is late and was not part of that
  await charge('pack', '2026-10-21', '10');
  const november = await bill(merchantId, '2026-11-30', '2026-12-02T08:00:00Z');
  // -2 x 2.90 and 3 x 0.45
  expect(november.model.carriedOver).toEqual({ cutoff: '2026-10-31', netMinor: -580 + 135 });
  const lines = november.model.sections.flatMap((section) => section.lines.map(({ netMinor }) => netMinor));
  expect(november.model.netMinor).toBe(-580 + 135 + 4500 + 450);
  expect(lines.reduce((sum, net) => sum + net, 0)).toBe(november.model.netMinor);
  const said = 'Darin enthalten: Übertrag aus der Abrechnung zum 31.10.2026 über -4,45 € netto.';
  expect((await store.read(november.xml_object_key)).toString().replaceAll('\u00a0', ' ')).toContain(said);
  if (hasPdftotext) expect(linesOf(textOf(await store.read(november.object_key)))).toContain(said);
  // December has nothing of it any more
  await charge('pack', '2026-12-10', '10');
  const december = await bill(merchantId, '2026-12-31', '2027-01-02T08:00:00Z');
  expect(december.model).not.toHaveProperty('carriedOver');
});

test('of what waited only that is carried over which the document bills', async () => {
  const merchantId = await world.addMerchant('Beta GmbH');
  await world.addCharges([
    { merchantId, rule: 'pack', day: '2027-01-05', quantity: '-10' },
    { merchantId, rule: 'returnParcel', day: '2027-01-06' },
  ]);
  await carry(merchantId, '2027-01-15', '2027-01-16T08:00:00Z');
  await world.addCharges([{ merchantId, rule: 'pack', day: '2027-01-20', quantity: '100' }]);
  const january = await bill(merchantId, '2027-01-31', '2027-02-02T08:00:00Z');
  // the return was not due by the 15th
  expect(january.model.carriedOver).toEqual({ cutoff: '2027-01-15', netMinor: -450 });
  expect(january.model.netMinor).toBe(-450 + 290 + 4500);
});

test('what was billed when a total was carried over, and came free later, is none of what was carried over', async () => {
  const merchantId = await world.addMerchant('Cancelled GmbH');
  await world.addCharges([{ merchantId, rule: 'pack', day: '2027-05-05', quantity: '10' }]);
  await bill(merchantId, '2027-05-15', '2027-05-16T08:00:00Z');
  await world.addCharges([{ merchantId, rule: 'returnParcel', day: '2027-05-20', quantity: '-2' }]);
  await carry(merchantId, '2027-05-31', '2027-06-02T08:00:00Z');
  const { live, cancel } = correctionsOf(world);
  await cancel((await live(merchantId))[0]!.id);
  await world.addCharges([{ merchantId, rule: 'pack', day: '2027-06-10', quantity: '100' }]);
  const { model } = await bill(merchantId, '2027-06-30', '2027-07-02T08:00:00Z');
  expect(model.carriedOver).toEqual({ cutoff: '2027-05-31', netMinor: -580 });
  expect(model.netMinor).toBe(4500 + 450 - 580);
});
