import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Api } from '../support/api.ts';
import { agreeMandates, collectAndDun } from '../support/collected-and-dunned.ts';
import { setUpIssuer, setUpMerchant, shipOrder } from '../support/fixtures.ts';
import { billThem } from '../support/merchant-world.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(120_000);

/** A program with an API key of the house does what finance does at its desk. The tests go on from each other. */
let product: WholeProduct;
/** The key, named `Shop`. */
let house: Api;
let alpha: string;
let beta: string;
let invoices: Map<string, string>;
const REASON = { reason: 'Kulanz' };

interface Invoice {
  id: string;
  grossMinor: number;
  lines: { id: string; netMinor: number }[];
}

beforeAll(async () => {
  product = await startWholeProduct();
  house = await product.apiKey([], ['finance']);
  await setUpIssuer(house, '2026-11-01');
  alpha = await setUpMerchant(house, { number: '110', name: 'Alpha GmbH' });
  beta = await setUpMerchant(house, { number: '220', name: 'Beta GmbH' });
  for (const merchantId of [alpha, beta]) await shipOrder(house, merchantId, '1001', { pieces: 30 });
});
afterAll(() => product?.close());

const invoiceOf = (merchantId: string) => house.get<Invoice>(`/invoices/${invoices.get(merchantId)}`);
const lineOf = ({ lines }: Invoice) => lines.find(({ netMinor }) => netMinor > 100)!;

test('K9 a key agrees mandates, bills a month, collects it and duns', async () => {
  const mandates = await agreeMandates(house, [alpha]);
  ({ invoices } = await billThem(house, [alpha, beta]));
  const collected = await collectAndDun({ ...product, admin: house }, [{ merchantId: alpha }, { merchantId: beta }]);
  const run = `/collection-runs/${collected['collection-runs']}`;
  await house.post(`${run}/submit`);
  await house.post(`/mandates/${mandates.get(alpha)}/revoke`, REASON);
  const { id: stop } = await house.post('/dunning-stops', { merchantId: alpha, ...REASON, until: null });
  await house.post(`/dunning-stops/${stop}/lift`);
});

test('K9 a key records payments, books them to and fro, and grants credit', async () => {
  const merchantId = beta;
  const { id: invoiceId } = await invoiceOf(beta);
  const { id } = await house.post('/payments', { amountMinor: 1_000, valueDate: '2026-11-01' });
  const payment = `/payments/${id}`;
  await house.post(`${payment}/assign`, { merchantId });
  await house.post(`${payment}/allocations`, { allocations: [{ invoiceId, amountMinor: 500 }] });
  await house.post(`${payment}/unmatch`, { invoiceId, ...REASON });
  await house.post(`${payment}/credit`, { amountMinor: 100, ...REASON });
  await house.post(`${payment}/refund`, { amountMinor: 100, valueDate: '2026-11-01', ...REASON });
  const { id: entry } = await house.post('/credit-entries', { merchantId, amountMinor: 300, ...REASON });
  await house.post(`/credit-entries/${entry}/take-back`, REASON);
  await house.post(`/invoices/${invoiceId}/use-credit`);
  await house.post(`/invoices/${invoiceId}/write-off`, REASON);
  await house.post(`/invoices/${invoiceId}/write-off/undo`, REASON);
  const { id: mistaken } = await house.post('/payments', { merchantId, amountMinor: 1, valueDate: '2026-11-01' });
  await house.post(`/payments/${mistaken}/void`, REASON);
});

test('K9 a key answers disputes, corrects and cancels invoices', async () => {
  const invoice = await invoiceOf(beta);
  const line = lineOf(invoice);
  const { api } = await product.person(['merchantDecider'], [beta]);
  const complain = () =>
    api.post(`/invoices/${invoice.id}/lines/${line.id}/disputes`, { reason: 'other', text: 'Das stimmt nicht.' });
  const { id: first } = await complain();
  await house.post(`/line-disputes/${first}/messages`, { text: 'Wir sehen nach.' });
  await house.post(`/line-disputes/${first}/reject`, { answer: 'Es stimmt.' });
  const { id: second } = await complain();
  await house.post(`/line-disputes/${second}/credit`, { netMinor: 1, answer: 'Ein Cent.' });
  const lines = [{ lineId: line.id, netMinor: 10 }];
  await house.post(`/invoices/${invoice.id}/credit/preview`, { lines });
  await house.post(`/invoices/${invoice.id}/credit`, { lines, ...REASON });
  await house.post(`/invoices/${invoices.get(alpha)}/cancel`, REASON);
});

test('J29 I5 a key makes exports and writes notes, under its name', async () => {
  const usual = await house.get('/accounting-settings/proposal?chart=SKR03');
  await house.put('/accounting-settings', {
    ...{ ...usual, consultantNumber: 1001, clientNumber: 1, fiscalYearStartMonth: 1, accountDigits: 4, chart: 'SKR03' },
    ...{ locked: false, initials: null },
  });
  for (const kind of ['postings', 'debtors', 'bundle'])
    expect(await house.post('/exports', { kind, period: '2026-11' })).toMatchObject({ madeByName: 'Shop' });
  const about = { subject: 'merchant', subjectId: alpha };
  expect(await house.post('/notes', { ...about, text: 'Ruft freitags an' })).toMatchObject({ authorName: 'Shop' });
});

test('K9 what a key did is in the audit trail under its name', async () => {
  const { items } = await house.get<{ items: { actorKind: string; actorName: string | null }[] }>(
    `/audit?limit=50&merchantId=${beta}`,
  );
  const keys = items.filter(({ actorKind }) => actorKind === 'apiKey');
  expect(keys.length).toBeGreaterThan(10);
  expect(new Set(keys.map(({ actorName }) => actorName))).toEqual(new Set(['Shop']));
});
