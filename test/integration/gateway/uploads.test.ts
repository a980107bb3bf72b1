import { createHash, randomBytes } from 'node:crypto';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { rawRequest, startTestGateway, storedKeys, type TestGateway } from '../../support/gateway.ts';
import { eventually, openFiles } from '../../support/open-files.ts';

const LIMIT = 200_000;
const IDLE_MS = 300;
const id = uuidv7(new Date());
let gateway: TestGateway;
let token: string;
let filesBefore: number;

beforeAll(async () => {
  gateway = await startTestGateway({ uploadIdleMs: IDLE_MS });
  ({ token } = await gateway.login(['worker']));
  await send([part('file', 'warm up', 'a.jpg')]);
  for (const key of await storedKeys(gateway.store)) await gateway.store.remove(key);
  filesBefore = openFiles();
});
beforeEach(() => {
  gateway.fakes.seen.length = 0;
});
afterEach(async () => {
  for (const key of await storedKeys(gateway.store)) await gateway.store.remove(key);
});
afterAll(() => gateway.stop());

const B = 'frontier';
const part = (name: string, content: Buffer | string, filename?: string) =>
  Buffer.concat([
    Buffer.from(
      `--${B}\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
const closing = Buffer.from(`--${B}--\r\n`);

const sendBytes = (body: Buffer, contentType = `multipart/form-data; boundary=${B}`) =>
  gateway.api(token, `/things/${id}/photos`, { method: 'POST', body, headers: { 'content-type': contentType } });
const send = (parts: Buffer[]) => sendBytes(Buffer.concat([...parts, closing]));

async function expectRefused(answer: Response, status: number, code?: string): Promise<void> {
  expect(answer.status).toBe(status);
  const problem = (await answer.json()) as { code: string };
  if (code) expect(problem.code).toBe(code);
  expect(await storedKeys(gateway.store)).toEqual([]);
  expect(gateway.fakes.seen).toEqual([]);
}

test('a file and its fields reach the action, measured', async () => {
  const content = randomBytes(150_000);
  const answer = await send([
    part('note', 'schön', undefined),
    part('file', content, 'Möwe am Meer.jpg'),
    part('pages', '3'),
  ]);
  expect(answer.status).toBe(201);
  const { input } = gateway.fakes.seen[0]!;
  expect(input).toEqual({
    id,
    note: 'schön',
    pages: 3,
    file: {
      uploadKey: expect.stringMatching(/^incoming\/[0-9a-f-]{36}$/),
      sha256: createHash('sha256').update(content).digest('hex'),
      bytes: 150_000,
      filename: 'Möwe am Meer.jpg',
    },
  });
  expect(await storedKeys(gateway.store)).toEqual([(input['file'] as { uploadKey: string }).uploadKey]);
});

test('FormData of a browser is understood', async () => {
  const form = new FormData();
  form.set('note', 'a');
  form.set('file', new Blob([randomBytes(70_000)]), 'photo.png');
  const answer = await gateway.api(token, `/things/${id}/photos`, { method: 'POST', body: form });
  expect(answer.status).toBe(201);
});

test('exactly at the limit is fine, one byte more is not', async () => {
  expect((await send([part('file', randomBytes(LIMIT), 'a.jpg')])).status).toBe(201);
  for (const key of await storedKeys(gateway.store)) await gateway.store.remove(key);
  gateway.fakes.seen.length = 0;
  await expectRefused(await send([part('file', randomBytes(LIMIT + 1), 'a.jpg')]), 413, 'PAYLOAD_TOO_LARGE');
  await expectRefused(await send([part('file', randomBytes(8_000_000), 'a.jpg')]), 413, 'PAYLOAD_TOO_LARGE');
});

test('a large file in chunks of unknown length is stopped at the limit', async () => {
  const chunk = `${(65_536).toString(16)}\r\n${'x'.repeat(65_536)}\r\n`;
  const head = `POST /api/v1/things/${id}/photos HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: multipart/form-data; boundary=${B}\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const start = part('file', '', 'a.jpg').subarray(0, -2);
  const chunks = Array.from({ length: 10 }, () => chunk);
  const parts = [head, `${start.length.toString(16)}\r\n`, start, '\r\n', ...chunks];
  const answer = await rawRequest(gateway.port, parts);
  expect(answer).toMatch(/^HTTP\/1.1 413/);
  expect(await storedKeys(gateway.store)).toEqual([]);
});

const file = part('file', randomBytes(20_000), 'a.jpg');
const whole = Buffer.concat([file, closing]);

// security.md 66 to 73
test.each<[string, Buffer, number]>([
  ['cut at the half', whole.subarray(0, whole.length / 2), 400],
  ['cut at the last byte of the file', file.subarray(0, -3), 400],
  ['cut before the last dash', whole.subarray(0, -3), 400],
  ['without closing boundary', file, 400],
  ['empty', Buffer.alloc(0), 400],
  ['with another boundary', Buffer.from('--other\r\n\r\n--other--\r\n'), 400],
  ['without parts', closing, 422],
  ['without the file', Buffer.concat([part('note', 'x'), closing]), 422],
  ['with an empty file', Buffer.concat([part('file', '', 'a.jpg'), closing]), 422],
  ['with the file as text', Buffer.concat([part('file', 'x'), closing]), 422],
  ['with the file in another field', Buffer.concat([part('photo', 'x', 'a.jpg'), closing]), 422],
  ['with two files', Buffer.concat([file, part('file2', 'x', 'b.jpg'), closing]), 422],
  ['with the same file twice', Buffer.concat([file, file, closing]), 422],
  [
    'with 11 files',
    Buffer.concat([...Array.from({ length: 11 }, (_, n) => part(`f${n}`, 'x', 'b.jpg')), closing]),
    422,
  ],
  [
    'with 10,000 fields',
    Buffer.concat([...Array.from({ length: 10_000 }, (_, n) => part(`f${n}`, 'x')), closing]),
    422,
  ],
  ['with a field of 1 MB', Buffer.concat([file, part('note', 'x'.repeat(1_000_000)), closing]), 413],
  ['with a field twice', Buffer.concat([part('note', 'a'), part('note', 'b'), file, closing]), 422],
  ['with an unknown field', Buffer.concat([file, part('unknown', 'b'), closing]), 422],
  ['with __proto__ as field', Buffer.concat([file, part('__proto__', 'b'), closing]), 422],
  ['with a field against its schema', Buffer.concat([file, part('pages', '10'), closing]), 422],
  ['with a field that is not UTF-8', Buffer.concat([file, part('note', Buffer.from([0xff])), closing]), 400],
  ['with a part without head', Buffer.concat([file, Buffer.from(`--${B}\r\n\r\nx\r\n`), closing]), 400],
  [
    'with a part that only has a head',
    Buffer.concat([Buffer.from(`--${B}\r\nContent-Disposition: form-data`), closing]),
    400,
  ],
  [
    'with a head without name',
    Buffer.concat([Buffer.from(`--${B}\r\nContent-Disposition: form-data\r\n\r\nx\r\n`), closing]),
    400,
  ],
  ['with a head that is none', Buffer.concat([Buffer.from(`--${B}\r\n:::\r\n\r\nx\r\n`), closing]), 400],
  [
    'with an attachment for a field',
    Buffer.concat([
      Buffer.from(`--${B}\r\nContent-Disposition: attachment; name="file"; filename="a"\r\n\r\nx\r\n`),
      closing,
    ]),
    400,
  ],
])('a form %s → 4xx, nothing stays', async (_what, body, status) => {
  await expectRefused(await sendBytes(body), status);
});

test.each([
  ['application/json', 415],
  ['text/plain', 415],
  ['multipart/mixed; boundary=x', 415],
  ['multipart/form-data', 400],
  ['multipart/form-data; boundary=', 400],
  [`multipart/form-data; boundary=${'x'.repeat(71)}`, 400],
])('a form as %s → %i', async (type, status) => {
  await expectRefused(await sendBytes(whole, type), status);
});

test.each([0.1, 0.5, 0.99])('an upload broken off at %d of its length leaves nothing', async (share) => {
  const body = Buffer.concat([part('file', randomBytes(190_000), 'a.jpg'), closing]);
  const head = `POST /api/v1/things/${id}/photos HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: multipart/form-data; boundary=${B}\r\nContent-Length: ${body.length}\r\n\r\n`;
  const socket = net.connect(gateway.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(head);
  socket.write(body.subarray(0, Math.floor(body.length * share)));
  await sleep(60);
  socket.resetAndDestroy();
  await sleep(60);
  await eventually(() => gateway.store.discardUnfinished(new Date(Date.now() + 1_000)).then((left) => left === 0));
  expect(await storedKeys(gateway.store)).toEqual([]);
  expect(gateway.fakes.seen).toEqual([]);
});

test('an upload that stands still is given up', async () => {
  const head = `POST /api/v1/things/${id}/photos HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: multipart/form-data; boundary=${B}\r\nContent-Length: ${whole.length}\r\n\r\n`;
  const answer = await rawRequest(gateway.port, [head, whole.subarray(0, 5_000)]);
  expect(answer).toMatch(/^HTTP\/1.1 400/);
  expect(await storedKeys(gateway.store)).toEqual([]);
});

test('after the action refused, the file is gone', async () => {
  await expectRefused(await send([part('note', 'refuse'), file]), 409, 'PHOTO_REFUSED');
});

test('a stranger and a wrong role upload nothing', async () => {
  const worker = token;
  token = (await gateway.login(['merchantViewer'])).token;
  await expectRefused(await sendBytes(whole), 403);
  token = '';
  await expectRefused(await sendBytes(whole), 401);
  token = worker;
});

// security.md 70
test.each([
  ['../../etc/cron.d/x', 'x'],
  ['C:\\\\temp\\\\photo.jpg', 'photo.jpg'],
  ['..', null],
  ['', null],
  [`${'n'.repeat(5_000)}.jpg`, 'n'.repeat(200)],
  ['a\u202Egpj.exe', 'agpj.exe'],
  ['say %22hi%22.jpg', 'say "hi".jpg'],
])('the name %j is shown as %j and is never a path', async (given, shown) => {
  expect((await send([part('file', 'x', given)])).status).toBe(201);
  expect(gateway.fakes.seen[0]!.input['file']).toMatchObject({
    filename: shown,
    uploadKey: expect.stringMatching(/^incoming\/[0-9a-f-]{36}$/),
  });
});

test('a name with NUL is refused', async () => {
  await expectRefused(await send([part('file', 'x', 'a\u0000.jpg')]), 400);
});

test('the key of a repeated upload covers fields and file', async () => {
  const hashOf = async (content: string) => {
    await gateway.api(token, `/things/${id}/photos`, {
      method: 'POST',
      body: Buffer.concat([part('file', content, 'a.jpg'), closing]),
      headers: { 'content-type': `multipart/form-data; boundary=${B}`, 'idempotency-key': 'again' },
    });
    return gateway.fakes.seen.at(-1)!.actor.idempotency!.requestHash;
  };
  expect(await hashOf('a')).toBe(await hashOf('a'));
  expect(await hashOf('a')).not.toBe(await hashOf('b'));
});

test('after all of this no file is left open', async () => {
  await eventually(() => openFiles() <= filesBefore + 8);
});
