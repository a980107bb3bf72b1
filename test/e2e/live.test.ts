import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { findNatsServer } from '../../shared/runtime/embedded-nats.ts';
import { logIn, type Api } from '../support/api.ts';
import { setUpMerchant } from '../support/fixtures.ts';
import { listen, type LiveReader } from '../support/live.ts';
import { photoWithEverything } from '../support/photos.ts';
import {
  openPremises,
  startProcess,
  until,
  untilReady,
  type Premises,
  type ProductProcess,
} from '../support/product.ts';
import { startWholeProduct, type Person, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(60_000);

let product: WholeProduct;
let alpha: string;
let beta: string;
let worker: Person;
let lead: Person;
let merchant: Person;
const readers: LiveReader[] = [];

beforeAll(async () => {
  product = await startWholeProduct();
  alpha = await setUpMerchant(product.admin, { number: '110', name: 'Alpha GmbH' });
  beta = await setUpMerchant(product.admin, { number: '220', name: 'Beta GmbH' });
  worker = await product.person(['worker']);
  lead = await product.person(['lead']);
  merchant = await product.person(['merchantDecider'], [alpha]);
});
afterAll(async () => {
  for (const reader of readers) reader.close();
  await product?.close();
});

const tokenOf = async (url: string, { email, password }: { email: string; password: string }) => {
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    body: JSON.stringify({ email, password }),
    headers: { 'content-type': 'application/json' },
  });
  return ((await answer.json()) as { accessToken: string }).accessToken;
};
const live = async (person: { email: string; password: string }, url = product.url) => {
  const token = await tokenOf(url, person);
  // a gateway that has just started is not known to the others yet
  return until('a stream', async () => {
    const reader = await listen(url, token);
    readers.push(reader);
    return reader.status === 200 && reader;
  });
};
const announce = (api: Api, merchantId: string | undefined, externalNumber: string) =>
  api.post<{ id: string; items: { id: string }[] }>('/returns', {
    ...(merchantId ? { merchantId } : {}),
    externalNumber,
    items: [{ sku: 'SKU-1', name: 'Teelichthalter', quantity: 1 }],
  });

test('K24 a change by one user shows on the stream of another within 5 seconds', async () => {
  const screen = await live(lead);
  const parcel = await announce(worker.api, alpha, 'RMA-1');
  await screen.told({ topic: 'returns', id: parcel.id, merchantId: alpha });
  await worker.api.post(`/returns/${parcel.id}/receive`);
  await until('the receipt, too', () => screen.notices().filter(({ id }) => id === parcel.id).length > 1, 5_000);
});

test('K24 a photo shows, too, though it changes no state', async () => {
  const parcel = await announce(worker.api, alpha, 'RMA-2');
  await worker.api.post(`/returns/${parcel.id}/receive`);
  const screen = await live(lead);
  const file = { bytes: await photoWithEverything(6), name: 'a.jpg', type: 'image/jpeg' };
  await worker.api.upload(`/returns/${parcel.id}/photos`, { clientPhotoId: 'one' }, file);
  await screen.told({ topic: 'returns', id: parcel.id, merchantId: alpha });
});

test('K24 a parcel of nobody shows for the house and for no merchant, and so does what is another one’s', async () => {
  const house = await live(lead);
  const own = await live(merchant);
  const unknown = await worker.api.post('/returns', { trackingNumber: 'T-UNKNOWN-1', items: [] });
  const foreign = await announce(worker.api, beta, 'RMA-3');
  const mine = await announce(worker.api, alpha, 'RMA-4');
  await house.told({ topic: 'returns', id: unknown.id, merchantId: null });
  await house.told({ topic: 'returns', id: foreign.id });
  await own.told({ topic: 'returns', id: mine.id });
  expect(own.text()).not.toContain(unknown.id);
  expect(own.text()).not.toContain(foreign.id);
  expect(own.text()).not.toContain(beta);
});

test('K24 whoever is deactivated loses the stream', async () => {
  const leaver = await product.person(['worker']);
  const screen = await live(leaver);
  await product.admin.patch(`/users/${leaver.id}`, { active: false });
  await screen.untilEnded(10_000);
  expect(screen.events.at(-1)).toEqual({ event: 'end', data: { reason: 'ACCESS_ENDED' } });
  await announce(worker.api, alpha, 'RMA-5');
  expect(screen.notices()).toEqual([]);
});

const onSeveralMachines = findNatsServer() ? test : test.skip;

onSeveralMachines('K24 a change through one gateway shows on a stream of another one, over NATS', async () => {
  const premises = await openPremises();
  const processes: ProductProcess[] = [];
  try {
    const administrator = await startBoth(premises, processes);
    const [first, second] = processes.map(({ url }) => url!) as [string, string];
    const api = await logIn(first, administrator);
    const screen = await live(administrator, second);
    const merchantId = await setUpMerchant(api, { number: '330', name: 'Gamma GmbH' });
    await screen.told({ topic: 'merchants', id: merchantId });
    const parcel = await announce(api, merchantId, 'RMA-1');
    await screen.told({ topic: 'returns', id: parcel.id, merchantId });
    const stoppedAt = Date.now();
    await processes.pop()!.stop();
    expect(Date.now() - stoppedAt).toBeLessThan(5_000);
    expect(screen.events.at(-1)).toEqual({ event: 'end', data: { reason: 'STOPPING' } });
  } finally {
    for (const process of processes) await process.stop();
    await premises.close();
  }
});

async function startBoth(premises: Premises, processes: ProductProcess[]) {
  const whole = await startProcess(premises);
  processes.push(whole, await startProcess(premises, ['gateway']));
  for (const { url } of processes) await untilReady(url!);
  return whole.administrator!;
}
