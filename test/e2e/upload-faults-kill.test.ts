import { readFileSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { logIn, openApi, type Api } from '../support/api.ts';
import { setUpMerchant } from '../support/fixtures.ts';
import { closeFreezes, freezeAt } from '../support/freeze.ts';
import { noise } from '../support/hostile-images.ts';
import { beginUpload, formEnd, formPart, MULTIPART } from '../support/multipart.ts';
import {
  openPremises,
  startProcess,
  until,
  untilReady,
  type Premises,
  type ProductProcess,
} from '../support/product.ts';
import { filesBelow, unfinished } from '../support/stored.ts';

jest.setTimeout(120_000);

/** Faults 28 and 29: whatever is killed while a photo is on its way, there is one photo in the end or none. */
const DAY_MS = 86_400_000;

let premises: Premises;
let running: ProductProcess;
let login: { email: string; password: string };
let token: string;
let api: Api;
let returnId: string;
let jpeg: Buffer;

beforeAll(async () => {
  premises = await openPremises({ withNats: false });
  running = await startProcess(premises);
  login = running.administrator!;
  await connect();
  const merchantId = await setUpMerchant(api, { number: '100', name: 'Muster GmbH' });
  ({ id: returnId } = await api.post('/returns', { merchantId, items: [{ name: 'Vase', quantity: 1 }] }));
  await api.post(`/returns/${returnId}/receive`);
  jpeg = await noise(320, 240).jpeg().toBuffer();
  expect((await upload('first', jpeg)).status).toBe(201);
});
afterAll(async () => {
  await closeFreezes();
  await running?.stop();
  await premises?.close();
});

async function connect(): Promise<void> {
  await untilReady(running.url!);
  const { accessToken } = await openApi(running.url!).post<{ accessToken: string }>('/auth/login', login);
  token = accessToken;
  api = await logIn(running.url!, login);
}

/** kill -9 of the whole product, and a new one a day later as far as files can tell. */
async function killAndRestart(): Promise<void> {
  await running.kill();
  const yesterday = new Date(Date.now() - DAY_MS);
  for (const name of unfinished(files())) utimesSync(path.join(premises.dir, name), yesterday, yesterday);
  running = await startProcess(premises);
  await connect();
}

const files = () => filesBelow(premises.dir);
const photoFiles = () => files().filter((name) => name.startsWith('objects/photos/'));
const form = (clientPhotoId: string, content: Buffer) =>
  Buffer.concat([formPart('clientPhotoId', clientPhotoId), formPart('file', content, 'a.jpg'), formEnd]);
const upload = (clientPhotoId: string, content: Buffer) =>
  api.raw('POST', `/returns/${returnId}/photos`, {
    body: new Uint8Array(form(clientPhotoId, content)),
    headers: { 'content-type': MULTIPART },
  });
const photos = async () => {
  const parcel = await api.get<{ photos: { id: string; clientPhotoId: string }[] }>(`/returns/${returnId}`);
  return parcel.photos.map(({ clientPhotoId }) => clientPhotoId);
};

/** The same photo again and again is one, and it can be seen. */
async function expectOnce(clientPhotoId: string, content: Buffer): Promise<void> {
  const first = await upload(clientPhotoId, content);
  expect(first.status).toBe(201);
  const { id } = (await first.json()) as { id: string };
  const again = await upload(clientPhotoId, content);
  expect([again.status, ((await again.json()) as { id: string }).id]).toEqual([200, id]);
  expect((await photos()).filter((name) => name === clientPhotoId)).toEqual([clientPhotoId]);
  for (const size of ['thumb', 'web', 'full'])
    expect((await api.raw('GET', `/photos/${id}/${size}`)).headers.get('content-type')).toBe('image/jpeg');
}

test('B4 the product killed in the middle of an upload shows no photo, sweeps the rest and takes the photo once', async () => {
  const body = form('cut', jpeg);
  const url = `${running.url}/api/v1/returns/${returnId}/photos`;
  const request = beginUpload({ url, token, length: body.length });
  request.on('error', () => undefined).write(body.subarray(0, body.length - 1_000));
  await until('the upload', () => unfinished(files()).length > 0);
  await killAndRestart();
  request.destroy();
  expect(await photos()).not.toContain('cut');
  await until('the sweeper', () => unfinished(files()).length === 0);
  await expectOnce('cut', jpeg);
});

test('B4 the product killed between the files and the row of a photo shows no photo and takes it once', async () => {
  const content = await noise(330, 240).jpeg().toBuffer();
  const before = photoFiles().length;
  const freeze = await freezeAt(premises.database.url, { table: 'returns.photo', event: 'insert' });
  const lost = upload('frozen', content).catch(() => undefined);
  await freeze.reached();
  expect(photoFiles().length).toBe(before + 3);
  await running.kill();
  await freeze.release();
  expect(await lost).toBeUndefined();
  expect(unfinished(files()).length).toBe(1);
  await killAndRestart();
  expect(await photos()).not.toContain('frozen');
  await until('the sweeper', () => unfinished(files()).length === 0);
  await expectOnce('frozen', content);
  // what was written before is used, not written beside
  expect(photoFiles().length).toBe(before + 3);
});

test('B4 a decoder killed at its work is a photo to be sent again, and is there again by itself', async () => {
  const content = await noise(340, 240).jpeg().toBuffer();
  for (let round = 1; round <= 3; round += 1) {
    const decoders = childrenOf(running.pid).filter(({ title }) => title === 'kontor-images');
    expect(decoders.length).toBeGreaterThan(0);
    for (const { pid } of decoders) process.kill(pid, 'SIGSTOP');
    const answer = upload('decoded', content);
    await until('the upload', () => unfinished(files()).some((name) => name.includes('/incoming/')));
    // handed over to the one that stands still
    await new Promise((resolve) => setTimeout(resolve, 100));
    for (const { pid } of decoders) process.kill(pid, round === 2 ? 'SIGSEGV' : 'SIGKILL');
    for (const { pid } of decoders) if (round === 2) process.kill(pid, 'SIGCONT');
    const { status, headers } = await answer;
    expect([status, Number(headers.get('retry-after')) > 0]).toEqual([503, true]);
    expect(await (await answer).text()).toMatch(/"code":"CHILD_CRASHED"/);
    expect(unfinished(files())).toEqual([]);
    expect(await photos()).not.toContain('decoded');
    // starts another decoder
    expect((await upload('first', jpeg)).status).toBe(200);
    expect(
      (
        await upload(
          `between-${round}`,
          await noise(350 + round, 240)
            .jpeg()
            .toBuffer(),
        )
      ).status,
    ).toBe(201);
  }
  await expectOnce('decoded', content);
});

test('B4 a device that goes away before the answer gets its one photo when it asks again', async () => {
  const content = await noise(360, 240).jpeg().toBuffer();
  const body = form('gone', content);
  for (const waitMs of [0, 5, 20, 60]) {
    const url = `${running.url}/api/v1/returns/${returnId}/photos`;
    const request = beginUpload({ url, token, length: body.length });
    request.on('error', () => undefined).end(body);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    request.destroy();
  }
  const answers = await Promise.all([1, 2, 3, 4].map(() => upload('gone', content)));
  const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { id: string }).id));
  expect(new Set(ids).size).toBe(1);
  expect(await premises.database.query('select id from returns.photo where client_photo_id = $1', ['gone'])).toEqual([
    { id: ids[0] },
  ]);
  await until('the rest to be gone', () => unfinished(files()).length === 0);
});

test('after all of this nothing has fallen over inside', () => {
  const errors = running
    .output()
    .split('\n')
    .filter((entry) => /"level":(50|60)/.test(entry));
  expect(errors).toEqual([]);
});

/** Processes that a process started, with what they are called. */
function childrenOf(pid: number): { pid: number; title: string }[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter(Boolean)
    .map((child) => {
      const words = readFileSync(`/proc/${child}/cmdline`, 'utf8').split('\0').filter(Boolean);
      return { pid: Number(child), title: words.at(-1) ?? '' };
    });
}
