import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import sharp from 'sharp';
import { openApi, type Api } from '../support/api.ts';
import { setUpMerchant } from '../support/fixtures.ts';
import { hostileImages, noise } from '../support/hostile-images.ts';
import { announceOnly, BOUNDARY, breakOff, formEnd, formPart, MULTIPART } from '../support/multipart.ts';
import { randomOf } from '../support/mutations.ts';
import { eventually } from '../support/open-files.ts';
import { BLUE, expectQuarters, GREEN, photoWithEverything, RED, WHITE } from '../support/photos.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(120_000);

/** security.md, D, and fault 28: what is refused or breaks off leaves nothing behind. */
const PHOTO_BYTES = 15_000_000;
const CSV_BYTES = 20 * 1024 * 1024;
const ROW_TABLES = [
  'returns.photo',
  'returns.return',
  'sync.import',
  'sync.log_entry',
  'billing.storage_header',
  'orders."order"',
];

let product: WholeProduct;
let api: Api;
let token: string;
let photos: string;
let jpeg: Buffer;
let filesBefore: number;

beforeAll(async () => {
  product = await startWholeProduct();
  const merchantId = await setUpMerchant(product.admin, { number: '100', name: 'Muster GmbH' });
  const person = await product.person(['worker', 'lead']);
  ({ accessToken: token } = await openApi(product.url).post<{ accessToken: string }>('/auth/login', {
    email: person.email,
    password: person.password,
  }));
  api = openApi(product.url, token);
  const { id } = await api.post('/returns', { merchantId, items: [{ name: 'Vase', quantity: 1 }] });
  await api.post(`/returns/${id}/receive`);
  photos = `/returns/${id}/photos`;
  jpeg = await noise(320, 240).jpeg().toBuffer();
  await Promise.all([1, 2, 3].map(() => valid()));
  filesBefore = openFilesOf(product.pid);
});
afterAll(() => product?.close());

/** Everything in the object store, unfinished uploads included. */
const objects = () =>
  readdirSync(path.join(product.dir, 'objects'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(product.dir, path.join(entry.parentPath, entry.name)))
    .toSorted();
const openFilesOf = (pid: number) => readdirSync(`/proc/${pid}/fd`).length;
const rowCounts = () =>
  product.query(
    ROW_TABLES.map((table) => `select '${table}' as "table", count(*)::int as rows from ${table}`).join(' union all '),
  );

let sent = 0;
const photoForm = (bytes: Uint8Array, name = 'a.jpg') =>
  Buffer.concat([formPart('clientPhotoId', `photo-${(sent += 1)}`), formPart('file', bytes, name), formEnd]);
const csvForm = (bytes: Uint8Array | string, name = 'a.csv') => Buffer.concat([formPart('file', bytes, name), formEnd]);
const importForm = (bytes: Uint8Array | string, name = 'a.csv') =>
  Buffer.concat([formPart('profile', 'online-retail'), formPart('file', bytes, name), formEnd]);
const post = (to: string, body: Buffer, type = MULTIPART) =>
  api.raw('POST', to, { body: new Uint8Array(body), headers: { 'content-type': type } });
/** The photo that a valid request always gets stored: the same one, so that it adds nothing. */
const valid = () =>
  post(photos, Buffer.concat([formPart('clientPhotoId', 'valid'), formPart('file', jpeg, 'a.jpg'), formEnd]));

/** Runs something that must leave nothing, and looks whether it did. */
async function leavesNothing(attempt: () => Promise<void>): Promise<void> {
  const before = { objects: objects(), rows: await rowCounts() };
  await attempt();
  await eventually(() => JSON.stringify(objects()) === JSON.stringify(before.objects), 5_000);
  expect(await rowCounts()).toEqual(before.rows);
  const started = performance.now();
  expect([200, 201]).toContain((await valid()).status);
  expect(performance.now() - started).toBeLessThan(5_000);
}

async function expectProblem(response: Response, ...statuses: number[]): Promise<void> {
  const text = await response.text();
  expect({ text, status: response.status, fine: statuses.includes(response.status) }).toMatchObject({ fine: true });
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(text).not.toMatch(/sharp|vips|libjpeg|dicer|busboy|node_modules|\/tmp\/|\.ts\b|ENOENT|select /i);
}

test('hostile images are refused and leave nothing', async () => {
  await leavesNothing(async () => {
    for (const { bytes, code } of await hostileImages())
      await expectProblem(await post(photos, photoForm(bytes)), code);
  });
});

test('a photo has at most 15 MB, to the byte', async () => {
  await leavesNothing(async () => {
    await expectProblem(await post(photos, photoForm(padded(jpeg, PHOTO_BYTES + 1))), 413);
    await expectProblem(await post(photos, photoForm(padded(jpeg, 3 * PHOTO_BYTES))), 413);
  });
  const response = await post(photos, photoForm(padded(jpeg, PHOTO_BYTES)));
  expect(response.status).toBe(201);
  expect(await response.json()).toMatchObject({ bytes: PHOTO_BYTES, width: 320, height: 240 });
});

test('a CSV of snapshots has at most 20 MB, and nobody announces more than a route takes', async () => {
  await leavesNothing(async () => {
    await expectProblem(await post('/storage-snapshots/csv', csvForm(Buffer.alloc(CSV_BYTES + 1, 'x\n'))), 413);
    await expectProblem(await post('/storage-snapshots/csv', csvForm(Buffer.alloc(CSV_BYTES, 'x\n'))), 422);
    for (const to of [photos, '/storage-snapshots/csv', '/imports'])
      expect(await announceOnly(`${product.url}/api/v1${to}`, token, 600 * 1024 * 1024)).toBe(413);
  });
});

const whole = () => photoForm(jpeg);
const fields = (count: number) => Array.from({ length: count }, (_, index) => formPart(`f${index}`, 'x'));
test.each<[string, () => Buffer, string, number[]]>([
  ['cut at the half', () => whole().subarray(0, whole().length / 2), MULTIPART, [400]],
  ['cut at its last byte', () => whole().subarray(0, -formEnd.length - 3), MULTIPART, [400]],
  ['without its closing boundary', () => whole().subarray(0, -formEnd.length), MULTIPART, [400]],
  ['with another boundary', whole, 'multipart/form-data; boundary=other', [400]],
  ['without a boundary', whole, 'multipart/form-data', [400, 415]],
  ['with an empty boundary', whole, 'multipart/form-data; boundary=', [400, 415]],
  ['as JSON', whole, 'application/json', [415]],
  ['as plain bytes', () => jpeg, 'image/jpeg', [415]],
  ['that is empty', () => Buffer.alloc(0), MULTIPART, [400, 415]],
  ['with 10,000 fields', () => Buffer.concat([...fields(10_000), whole()]), MULTIPART, [422]],
  ['with a field of 1 MB', () => Buffer.concat([formPart('note', 'x'.repeat(1_000_000)), whole()]), MULTIPART, [413]],
  [
    'with 11 files',
    () => Buffer.concat([...fields(11).map((_, i) => formPart(`f${i}`, 'x', 'a.jpg')), whole()]),
    MULTIPART,
    [422],
  ],
  ['with an unknown field', () => Buffer.concat([formPart('isAdmin', 'true'), whole()]), MULTIPART, [422]],
  ['with __proto__ as a field', () => Buffer.concat([formPart('__proto__', 'x'), whole()]), MULTIPART, [422]],
  [
    'with a malformed part',
    () => Buffer.concat([Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data\r\n`), whole()]),
    MULTIPART,
    [400, 422],
  ],
])('a form %s is refused by every upload and leaves nothing', async (_what, body, type, statuses) => {
  await leavesNothing(async () => {
    for (const to of [photos, '/storage-snapshots/csv', '/imports'])
      await expectProblem(await post(to, body(), type), ...statuses);
  });
});

test('files that are no CSV of this kind are refused and leave nothing', async () => {
  const files: (string | Buffer)[] = [
    '',
    jpeg,
    'PK\x03\x04',
    '"',
    '\ufeff',
    Buffer.from('merchant,day,bin\n', 'utf16le'),
    'a,b\n"lone',
    ','.repeat(2_000_000),
    `${'x,'.repeat(100_000)}\n`,
    '\u0000\u0000\n',
    'merchant,day,bin,sku,storageType,quantity,volumeM3\n100,2026-02-30,A,B,bin,1,1\n',
    'merchant,day,bin,sku,storageType,quantity,volumeM3\n100,2026-10-30,A,B,bin,-1,\n',
    'merchant,day,bin,sku,storageType,quantity,volumeM3\n100,2026-10-30,A,B,bin,1e309,NaN\n',
    'merchant,day,bin,sku,storageType,quantity,volumeM3\n999,2026-10-30,A,B,bin,1,1\n',
  ];
  await leavesNothing(async () => {
    for (const file of files) {
      await expectProblem(await post('/storage-snapshots/csv', csvForm(file)), 400, 413, 415, 422);
      await expectProblem(await post('/imports', importForm(file)), 400, 413, 415, 422);
    }
  });
});

test('uploads that are broken off at any point leave no row, no file and no open file', async () => {
  const large = photoForm(padded(jpeg, 2_000_000));
  const csv = csvForm(Buffer.alloc(1_000_000, 'x,y\n'));
  const targets: [string, Buffer][] = [
    [photos, large],
    [photos, whole()],
    ['/storage-snapshots/csv', csv],
    ['/imports', importForm(Buffer.alloc(1_000_000, 'x,y\n'))],
  ];
  const random = randomOf(28);
  let seenIncoming = 0;
  await leavesNothing(async () => {
    const watching = setInterval(
      () => (seenIncoming += objects().filter((name) => /incoming|\.parts/.test(name)).length),
      5,
    );
    for (const share of [0.001, 0.1, 0.5, 0.99, 0.9999, ...Array.from({ length: 15 }, random)])
      await Promise.all(
        targets.flatMap(([to, body]) =>
          [1, 2, 3, 4].map(() => breakOff(`${product.url}/api/v1${to}`, token, body, share)),
        ),
      );
    clearInterval(watching);
  });
  expect(seenIncoming).toBeGreaterThan(0);
  await eventually(() => openFilesOf(product.pid) <= filesBefore + 5, 15_000);
});

test('names of files never name anything in the store', async () => {
  const names = [
    '../../etc/cron.d/x',
    'C:\\\\windows\\\\x.jpg',
    '/etc/passwd',
    'a\r\nSet-Cookie: x',
    `${'x'.repeat(5_000)}.jpg`,
    '.',
    'NUL',
    'ä\u202egpj.exe',
  ];
  for (const name of names) {
    const response = await post(photos, photoForm(jpeg, name));
    expect([201, 400, 413, 422]).toContain(response.status);
    await response.arrayBuffer();
  }
  for (const name of objects()) expect(name).toMatch(/^objects\/(photos|sync|incoming)\/[\w./-]+$/);
  expect(objects().filter((name) => /passwd|cron|windows|\.\.|exe/.test(name))).toEqual([]);
});

test('photos are served upright, without metadata and with safe headers', async () => {
  for (const orientation of [1, 3, 6, 8] as const) {
    const original = await photoWithEverything(orientation);
    expect(original.includes('SECRETMODEL')).toBe(true);
    const made = await post(photos, photoForm(original));
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: string };
    for (const size of ['thumb', 'web', 'full']) {
      const served = await api.raw('GET', `/photos/${id}/${size}`);
      expect(Object.fromEntries(served.headers)).toMatchObject({
        'content-type': 'image/jpeg',
        'x-content-type-options': 'nosniff',
        'content-disposition': expect.stringMatching(/^inline; filename="[\w-]+\.jpg"$/),
      });
      const bytes = Buffer.from(await served.arrayBuffer());
      expect(bytes.toString('latin1')).not.toMatch(/SECRET|Exif|xmpmeta|GPS/);
      const { exif, xmp, iptc, orientation: tag } = await sharp(bytes).metadata();
      expect({ exif, xmp, iptc, tag }).toEqual({ exif: undefined, xmp: undefined, iptc: undefined, tag: undefined });
      await expectQuarters(bytes, [RED, GREEN, BLUE, WHITE]);
    }
  }
});

test('what hides behind the end of a picture is not served', async () => {
  const tail = Buffer.from('PK\x03\x04<?php system($_GET["x"]); ?><script>alert(1)</script>');
  const made = await post(photos, photoForm(Buffer.concat([jpeg, tail])));
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { id: string };
  for (const size of ['thumb', 'web', 'full']) {
    const bytes = Buffer.from(await (await api.raw('GET', `/photos/${id}/${size}`)).arrayBuffer());
    expect(bytes.includes('<?php')).toBe(false);
    expect(bytes.subarray(-2).toString('hex')).toBe('ffd9');
  }
});

test('after all of this no file is left open and nothing is left incoming', async () => {
  await eventually(() => openFilesOf(product.pid) <= filesBefore + 5, 15_000);
  expect(objects().filter((name) => /incoming|\.parts/.test(name))).toEqual([]);
});

/** The same picture, made longer by comments to a number of bytes. */
function padded(picture: Buffer, bytes: number): Buffer {
  const comments: Buffer[] = [];
  for (let missing = bytes - picture.length; missing > 0;) {
    // a comment takes at least four bytes, so none of fewer may be left over
    const length = missing <= 65_000 ? missing : Math.min(65_000, missing - 4);
    const comment = Buffer.alloc(length);
    comment.writeUInt16BE(0xfffe, 0);
    comment.writeUInt16BE(length - 2, 2);
    comments.push(comment);
    missing -= length;
  }
  return Buffer.concat([picture.subarray(0, 2), ...comments, picture.subarray(2)]);
}
