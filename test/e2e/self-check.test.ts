import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { setUpIssuer, setUpMerchant } from '../support/fixtures.ts';
import { until } from '../support/product.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(120_000);

let product: WholeProduct;
beforeAll(async () => {
  product = await startWholeProduct();
});
afterAll(() => product.close());

interface SelfCheck {
  state: string;
  running: boolean;
  finishedAt: string | null;
  invariants: { id: string; state: string; error: string | null }[];
}

test('X8 the running product checks itself, every service its own tables, and shows it as metrics', async () => {
  await setUpIssuer(product.admin, '2026-11-01');
  await setUpMerchant(product.admin, { number: 'M001', name: 'Alpha GmbH' });
  const { admin } = product;
  const asked = await admin.raw('POST', '/self-check');
  expect(asked.status).toBe(202);
  const done = await until('the self-check', async () => {
    const view = await admin.get<SelfCheck>('/self-check');
    return view.finishedAt && !view.running ? view : undefined;
  });
  expect(done.invariants.filter(({ state }) => state !== 'kept' && state !== 'impossible')).toEqual([]);
  expect(done.state).toBe('kept');
  const metrics = await (await fetch(`${product.url}/metrics`)).text();
  expect(metrics).toContain('kontor_self_check_rows{invariant="I8.gapless"} 0');
  const { api: worker } = await product.person(['worker']);
  expect((await worker.raw('GET', '/self-check')).status).toBe(403);
  expect((await worker.raw('POST', '/self-check')).status).toBe(403);
});

test('G2 the preview and the final run have routes of their own, and bad input names its field', async () => {
  const { admin } = product;
  const preview = (query: string) => admin.raw('GET', `/billing-runs/preview?${query}`);
  expect(await admin.get('/billing-runs/preview?cutoff=2026-10-31')).toMatchObject({ items: [{ netMinor: 0 }] });
  for (const [query, path] of [
    ['', 'cutoff'],
    ['cutoff=2026-10-30', 'cutoff'],
    ['cutoff=2026-02-30', 'cutoff'],
    ['cutoff=2026-10-31&merchantIds=x', 'merchantIds.0'],
    ['cutoff=2026-10-31&limit=51', 'limit'],
    ['cutoff=2026-10-31&other=1', 'other'],
  ] as const) {
    const refused = await preview(query);
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining(path)]);
  }
  const end = (body: object) =>
    admin.raw('POST', '/billing-runs/final', {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
  const final = await end({ merchantId: 'x', day: '2026-10-20' });
  expect([final.status, await final.text()]).toEqual([422, expect.stringContaining('merchantId')]);
  const nobody = { merchantId: '0199e000-0000-7000-8000-000000000009', day: '2026-10-20' };
  const unknown = await end(nobody);
  expect([unknown.status, await unknown.text()]).toEqual([422, expect.stringContaining('MERCHANT_UNKNOWN')]);
  const { api: worker } = await product.person(['worker']);
  expect((await worker.raw('GET', '/billing-runs/preview?cutoff=2026-10-31')).status).toBe(403);
  await expect(worker.post('/billing-runs/final', nobody)).rejects.toMatchObject({ status: 403 });
});
