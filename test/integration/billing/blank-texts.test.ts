import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { verifyArchive } from '../../../services/billing/archive/verify-archive.ts';
import { makeDocument } from '../../../services/billing/documents/make-document.ts';
import { issueDunning } from '../../../services/billing/use-cases/dunning/issue.ts';
import { proposeDunning } from '../../../services/billing/use-cases/dunning/runs.ts';
import { getInvoice } from '../../../services/billing/use-cases/invoices/read-invoices.ts';
import { getRun } from '../../../services/billing/use-cases/runs/read-runs.ts';
import { requestStep } from '../../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../../services/billing/use-cases/runs/start-run.ts';
import type { MerchantSnapshot } from '../../../shared/protocol/merchants/events.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from '../../support/billing-world.ts';
import { correctionsOf } from '../../support/corrections.ts';
import { issueInvoice } from '../../support/issued-invoices.ts';
import { corrupt } from '../../support/self-check.ts';

/** Texts of records from before blanks alone were refused, and with blanks at their edges. */
let world: BillingWorld;
let fix: ReturnType<typeof correctionsOf>;
const query = (text: string, values?: unknown[]) => world.database.query(text, values);

beforeAll(async () => {
  world = await createBillingWorld();
  fix = correctionsOf(world);
});
afterAll(() => world.close());

const address = { street: 'Marktplatz 1', postalCode: '04109', city: 'Leipzig', country: 'DE' };

async function draft(name: string, overrides: Partial<MerchantSnapshot> = {}) {
  const merchantId = await world.addMerchant(name, overrides);
  await world.addCharges([{ merchantId, rule: 'pack', day: '2026-10-20', quantity: '10' }]);
  const { id } = await startRun(world.deps, { cutoff: '2026-10-31', merchantIds: [merchantId] }, FINANCE);
  await world.work();
  return { id, merchantId };
}
type Drafted = Awaited<ReturnType<typeof draft>>;

async function step(name: 'draft' | 'approve' | 'finalize', { id, merchantId }: Drafted) {
  await requestStep(world.deps, name, { id, merchantIds: [merchantId] }, FINANCE);
  await world.work();
  return rowOf({ id, merchantId });
}
const rowOf = async ({ id, merchantId }: Drafted) =>
  (await getRun(world.deps, { id }, FINANCE)).rows.find((row) => row.merchantId === merchantId)!;

async function invoiced(name: string, overrides?: Partial<MerchantSnapshot>) {
  const drafted = await draft(name, overrides);
  await step('approve', drafted);
  await step('finalize', drafted);
  const [found] = await fix.live(drafted.merchantId);
  return getInvoice(world.deps, { id: found!.id }, FINANCE);
}
const modelOf = async (id: string) =>
  (await query('select model from billing.invoice_document where invoice_id = $1', [id]))[0]!['model'];
const numbers = () => query('select kind, year, last_number from billing.number_series order by kind, year');
const profile = (change: string) => corrupt(world.database, `update billing.issuer set profile = profile ${change}`);

test('X6 blanks alone in what a document may do without are left out of it', async () => {
  await profile(`|| '{"web": " ", "contactName": " ", "managingDirectors": ["Inga Petersen", " "]}'`);
  const invoice = await invoiced('Blank GmbH', {
    address: { name: 'Blank GmbH', extra: ' ', ...address },
    purchaseOrderReference: ' ',
  });
  expect(invoice).toMatchObject({ document: 'ready', documentFinding: null });
  const model = (await modelOf(invoice.id)) as Record<'seller' | 'buyer', Record<string, unknown>>;
  expect(model.buyer).toMatchObject({ addressLines: ['Marktplatz 1', '04109 Leipzig'], address });
  expect(Object.keys({ ...model.buyer, ...(model.buyer['address'] as object) })).not.toContain('extra');
  expect(Object.keys(model.buyer)).not.toContain('orderReference');
  expect(model.seller).toMatchObject({ contactName: 'Rechnungswesen', managingDirectors: ['Inga Petersen'] });
  expect(Object.keys(model.seller)).not.toContain('web');
  await profile(`- 'web' - 'contactName' || '{"managingDirectors": ["Inga Petersen"]}'`);
});

test('X5 what is frozen is what is archived: texts with blanks at their edges are proven as they are', async () => {
  const invoice = await invoiced('Trail GmbH', {
    address: { name: 'Trail GmbH ', ...address, city: ' Leipzig' },
    purchaseOrderReference: '4711 ',
  });
  expect(await modelOf(invoice.id)).toMatchObject({
    buyer: { name: 'Trail GmbH', orderReference: '4711', addressLines: ['Marktplatz 1', '04109 Leipzig'] },
  });
  const { store, orm } = world.deps;
  const archive = await verifyArchive({ orm, store, renderer: { make: makeDocument } }, { salt: 'x' });
  expect(archive).toMatchObject({ proven: { values: 0, files: 0 }, differences: [] });
});

test('X6 a line without words parks its merchant in the draft, before a number is taken', async () => {
  const before = await numbers();
  const label = (german: string) =>
    corrupt(
      world.database,
      `update billing.rate_rule set label = jsonb_set(label, '{de}', '"${german}"') where key = 'pack'`,
    );
  await label(' ');
  const drafted = await draft('Silent GmbH');
  expect(await rowOf(drafted)).toMatchObject({
    state: 'parked',
    findings: [
      {
        ...{ code: 'LINE_CONTENT_INVALID', blocks: true },
        data: { field: 'sections.1.lines.1.description', remedy: { where: '/finance/rate-cards' } },
      },
    ],
  });
  expect(await numbers()).toEqual(before);
  await label('Leistung pack');
  expect(await step('draft', drafted)).toMatchObject({ state: 'draft', findings: [] });
});

test('X6 what the issuer made blank after an approval is told before a number is taken, and issued once it is back', async () => {
  const drafted = await draft('Patient GmbH');
  await step('approve', drafted);
  const before = await numbers();
  await profile(`|| '{"name": " "}'`);
  expect(await step('finalize', drafted)).toMatchObject({
    state: 'approved',
    findings: [
      {
        ...{ code: 'ISSUER_CONTENT_INVALID', blocks: true },
        data: { field: 'seller.name', remedy: { where: '/finance/settings' } },
      },
    ],
  });
  expect(await numbers()).toEqual(before);
  await profile(`|| '{"name": "Nordlager Fulfillment GmbH"}'`);
  expect(await step('finalize', drafted)).toMatchObject({ state: 'finalized', findings: [] });
});

test('H5 H6 a correction whose content cannot be is refused before it has a number', async () => {
  const invoice = await invoiced('Corrected GmbH');
  const before = await numbers();
  const describe = (words: string) =>
    corrupt(
      world.database,
      `update billing.invoice_document set model = jsonb_set(model, '{sections,0,lines,0,description}', '"${words}"') where invoice_id = '${invoice.id}'`,
    );
  await describe(' ');
  const refused = { type: 'LINE_CONTENT_INVALID', data: { field: 'sections.1.lines.1.description' } };
  await expect(fix.cancel(invoice.id)).rejects.toMatchObject(refused);
  const lines = [{ lineId: invoice.lines[0]!.id, netMinor: 1 }];
  await expect(fix.credit(invoice.id, lines)).rejects.toMatchObject(refused);
  expect(await numbers()).toEqual(before);
  await describe('Leistung pack');
  const { id } = await fix.cancel(invoice.id);
  await world.work();
  expect(await getInvoice(world.deps, { id }, FINANCE)).toMatchObject({ document: 'ready' });
});

test('H5 what was issued with blanks alone, and could not be made, is cancelled by what can be', async () => {
  const drafted = await draft('Before GmbH');
  await step('approve', drafted);
  await requestStep(world.deps, 'finalize', { id: drafted.id, merchantIds: [drafted.merchantId] }, FINANCE);
  world.deps.invoices.make = () => Promise.reject(new Error('not now'));
  await world.work();
  world.deps.invoices.make = makeDocument;
  const invoiceId = (await fix.live(drafted.merchantId))[0]!.id;
  await corrupt(
    world.database,
    `update billing.invoice_document set model = jsonb_set(jsonb_set(model, '{buyer,orderReference}', '" "'), '{sections,0,lines,0,description}', '" "') where invoice_id = '${invoiceId}'`,
  );
  await world.work();
  expect(await getInvoice(world.deps, { id: invoiceId }, FINANCE)).toMatchObject({ document: 'parked' });
  const { id } = await fix.cancel(invoiceId);
  await world.work();
  expect(await getInvoice(world.deps, { id }, FINANCE)).toMatchObject({ document: 'ready' });
  expect(await modelOf(id)).toMatchObject({ sections: [{ lines: [{ description: '□' }] }] });
});

test('I4 a merchant whose record no letter can be made of is named, and with its record put right all are dunned', async () => {
  world.at('2026-12-20T08:00:00Z');
  const blank = await world.addMerchant('Nameless GmbH', { address: { name: ' ', extra: ' ', ...address } });
  const other = await world.addMerchant('Other GmbH', { address: { name: 'Other GmbH', extra: ' ', ...address } });
  for (const merchantId of [blank, other]) await issueInvoice(world.database, merchantId);
  const { id, rows } = await proposeDunning(world.deps, { asOf: '2026-12-20' }, FINANCE);
  expect(rows.map(({ merchantId }) => merchantId)).toEqual(expect.arrayContaining([blank, other]));
  await expect(issueDunning(world.deps, { id }, FINANCE)).rejects.toMatchObject({
    ...{ code: 409, type: 'LETTER_CONTENT_INVALID' },
    message: expect.stringContaining('Nameless GmbH: buyer.name'),
    data: { errors: [{ path: expect.stringMatching(/^M\d+$/) }] },
  });
  await query(
    `update billing.merchant_ref set snapshot = jsonb_set(snapshot, '{address,name}', '"Nameless GmbH"') where merchant_id = $1`,
    [blank],
  );
  const { issued } = await issueDunning(world.deps, { id }, FINANCE);
  expect(issued.length).toBeGreaterThanOrEqual(2);
});
