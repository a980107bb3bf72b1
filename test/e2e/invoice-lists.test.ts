import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { accessTokenOf } from '../support/api.ts';
import { setUpIssuer, setUpMerchant } from '../support/fixtures.ts';
import { issueInvoice } from '../support/issued-invoices.ts';
import { listen } from '../support/live.ts';
import { until } from '../support/product.ts';
import { startWholeProduct, type Person, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(60_000);

interface Row {
  id: string;
  number: string;
  payment: string;
  openMinor: number;
}
interface Page {
  items: Row[];
  nextCursor: string | null;
}

let product: WholeProduct;
let finance: Person;
let alpha: { id: string; viewer: Person };
let beta: { id: string; viewer: Person };

beforeAll(async () => {
  product = await startWholeProduct({ clock: '2026-11-05T08:00:00Z' });
  const { admin } = product;
  await setUpIssuer(admin);
  finance = await product.person(['finance']);
  const merchant = async (number: string, name: string) => {
    const id = await setUpMerchant(admin, { number, name });
    await until('the merchant to be known to billing', async () => {
      const found = await product.query('select 1 from billing.merchant_ref where merchant_id = $1', [id]);
      return found.length > 0;
    });
    return { id, viewer: await product.person(['merchantViewer'], [id]) };
  };
  alpha = await merchant('110', 'Alpha GmbH');
  beta = await merchant('220', 'Beta OHG');
  const issue = async (number: string, { id }: { id: string }, facts: { delivery?: string; dueDate?: string } = {}) => {
    const invoice = { number: `RE-2026-${number}`, grossMinor: 1_000, dueDate: '2026-11-19', ...facts };
    return (await issueInvoice(product, id, invoice)).id;
  };
  await issue('00123', alpha);
  await issue('00124', alpha, { delivery: 'bounced' });
  const late = await issue('00129', alpha, { delivery: 'queued', dueDate: '2026-11-04' });
  await issue('01300', beta);
  const [parked, paid] = [await issue('00200', alpha, { delivery: 'queued' }), await issue('00201', alpha)];
  // as the workers leave them
  await product.query(`update billing.invoice_status set payment = 'overdue' where invoice_id = $1`, [late]);
  await product.query(
    `insert into billing.invoice_document (invoice_id, kind, merchant_id, state, attempts, error, model) values ($1, 'pdf', $2, 'parked', 5, 'U+8336', '{}')`,
    [parked, alpha.id],
  );
  await finance.api.post('/payments', {
    ...{ merchantId: alpha.id, amountMinor: 1_000, valueDate: '2026-11-05' },
    allocations: [{ invoiceId: paid, amountMinor: 1_000 }],
  });
}, 120_000);
afterAll(() => product?.close());

const listed = async (query: string, { api } = finance): Promise<string[]> => {
  const { items } = await api.get<Page>(`/invoices?${query}`);
  return items.map(({ number }) => number.replace('RE-2026-', '')).toSorted();
};

test.each([
  ['number=0012', ['00123', '00124', '00129']],
  ['number=re-2026-0012', ['00123', '00124', '00129']],
  ['number=1300', ['01300']],
  ['number=%25', []],
  ['number=RE_2026', []],
  ['number=0012&delivery=bounced', ['00124']],
  ['delivery=queued', ['00129', '00200']],
  ['document=parked', ['00200']],
  ['document=none&delivery=bounced', ['00124']],
  ['payment=paid', ['00201']],
  ['payment=open&number=-002', ['00200']],
  ['dispute=open', []],
  ['dispute=none&number=0020', ['00200', '00201']],
  ['state=draft', []],
  ['state=finalized&kind=invoice&number=0020', ['00200', '00201']],
])('finance finds documents by %s', async (query, numbers) => {
  expect(await listed(query)).toEqual(numbers);
});

test('what is overdue is found by that', async () => {
  expect(await listed('payment=overdue')).toEqual(['00129']);
  expect(await listed('payment=overdue', alpha.viewer)).toEqual(['00129']);
});

test('a filtered list is paged without gaps or repeats', async () => {
  const numbers: string[] = [];
  let cursor = '';
  do {
    const page = await finance.api.get<Page>(`/invoices?limit=1&number=-0&payment=open${cursor}`);
    numbers.push(...page.items.map(({ number }) => number));
    cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
  } while (cursor);
  const all = await finance.api.get<Page>('/invoices?number=-0&payment=open');
  expect(numbers).toEqual(all.items.map(({ number }) => number));
  expect(numbers.length).toBeGreaterThan(3);
});

test('a filter that is no state is refused by its name', async () => {
  for (const name of ['state', 'payment', 'delivery', 'document', 'dispute']) {
    const answer = await finance.api.raw('GET', `/invoices?${name}=whatever`);
    const { errors } = (await answer.json()) as { errors: { path: string }[] };
    expect([answer.status, errors.map(({ path }) => path)]).toEqual([422, [name]]);
  }
});

test('K24 a merchant sees on its open screen that an invoice was paid, and hears of no payment', async () => {
  const token = await accessTokenOf(product.url, beta.viewer);
  // for two seconds after its start a process tells nothing
  const screen = await until('changes to be told', async () => {
    const reader = await listen(product.url, token);
    return reader.status === 200 && reader;
  });
  await finance.api.post('/payments', { merchantId: beta.id, amountMinor: 7, valueDate: '2026-11-05' });
  await screen.told({ topic: 'invoices', id: null, merchantId: beta.id });
  expect(screen.notices().map(({ topic }) => topic)).not.toContain('payments');
  screen.close();
});

test('merchants find documents of their own only', async () => {
  expect(await listed('number=2026', beta.viewer)).toEqual(['01300']);
  expect(await listed(`number=0012&merchantId=${alpha.id}`, beta.viewer)).toEqual([]);
  expect(await listed('number=0012', alpha.viewer)).toEqual(['00123', '00124', '00129']);
});

test('merchants are not told what was written off, nor why credit was granted', async () => {
  const { items } = await finance.api.get<Page>('/invoices?number=00123');
  const { id } = items[0]!;
  const before = await alpha.viewer.api.get(`/invoices/${id}/settlement`);
  await finance.api.post(`/invoices/${id}/write-off`, { reason: 'Streit lohnt nicht' });
  await finance.api.post('/credit-entries', { merchantId: alpha.id, amountMinor: 5, reason: 'droht mit Kündigung' });
  expect(await finance.api.get(`/invoices/${id}`)).toMatchObject({ payment: 'written_off', openMinor: 0 });
  expect(await listed('payment=written_off')).toEqual(['00123']);
  const { api } = alpha.viewer;
  expect(await api.get(`/invoices/${id}`)).toMatchObject({ payment: 'open', openMinor: 1_000 });
  expect(await listed('payment=written_off', alpha.viewer)).toEqual([]);
  expect(await listed('payment=open&number=0012', alpha.viewer)).toEqual(['00123', '00124']);
  expect(await api.get(`/invoices/${id}/settlement`)).toEqual({ ...before, balanceMinor: 5 });
  expect(before).toMatchObject({ openMinor: 1_000, writtenOffMinor: 0, payment: 'open', moves: [] });
  const entries = await api.get<{ items: object[] }>('/credit-entries');
  expect(entries.items).toMatchObject([{ amountMinor: 5, reason: null, bookedBy: null }]);
  const kept = await finance.api.get<{ items: object[] }>('/credit-entries');
  expect(kept.items).toMatchObject([{ amountMinor: 5, reason: 'droht mit Kündigung' }]);
});
