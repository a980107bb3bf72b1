import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import sharp from 'sharp';
import { openApi, type Api } from '../support/api.ts';
import { breakPoints, hostileForms } from '../support/hostile-forms.ts';
import { hostileImages, longFilms, padded, type HostileImage } from '../support/hostile-images.ts';
import { openMerchantWorld, type MerchantWorld } from '../support/merchant-world.ts';
import { announceOnly, breakOff, knock, MULTIPART } from '../support/multipart.ts';
import { randomOf } from '../support/mutations.ts';
import { eventually, heldBy } from '../support/open-files.ts';
import { BLUE, expectQuarters, GREEN, photoWithEverything, RED, WHITE } from '../support/photos.ts';
import { filesBelow, unfinished, whatIsStored } from '../support/stored.ts';
import { setUpIssuer } from '../support/fixtures.ts';
import { another, bodyOf, UPLOAD_TITLES, uploadRoutes, type UploadRoute } from '../support/upload-routes.ts';
import { until } from '../support/product.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(120_000);

/** security.md, D, and fault 28: what is refused or breaks off leaves nothing behind, on every route that takes a file. */
const AT_ONCE = 4;
/** Sent to the last byte; a file over a larger limit is only announced. */
const SENT_WHOLE = 20 * 1024 * 1024;
const MOST_ANNOUNCED = 600 * 1024 * 1024;

let product: WholeProduct;
let world: MerchantWorld;
let api: Api;
let token: string;
let routes: Map<string, UploadRoute>;
let pictures: HostileImage[];
let heldAtFirst: ReturnType<typeof heldBy>;

beforeAll(async () => {
  product = await startWholeProduct();
  world = await openMerchantWorld(product.admin, '100', 'Muster GmbH');
  await setUpIssuer(product.admin, '2026-11-01');
  const person = await product.person(['lead', 'admin']);
  ({ accessToken: token } = await openApi(product.url).post<{ accessToken: string }>('/auth/login', {
    email: person.email,
    password: person.password,
  }));
  api = openApi(product.url, token);
  routes = await uploadRoutes(world, '100');
  pictures = await hostileImages();
  for (const route of routes.values()) await works(route);
  // some at once, so that everything that is started or opened once is there
  for (const route of routes.values()) await Promise.all([works(route), works(route)]);
  heldAtFirst = held();
});
afterAll(() => product?.close());

const held = () => heldBy(product.pid, Number(new URL(product.url).port));
const routesFor = (...kinds: UploadRoute['takes'][]) => UPLOAD_TITLES.filter((title) => kinds.includes(KINDS[title]!));
const isText = (takes: UploadRoute['takes']): boolean => takes === 'csv' || takes === 'statement';
const KINDS: Record<string, UploadRoute['takes']> = {
  'POST /bank-statements': 'statement',
  'POST /returns/{id}/photos': 'picture',
  'PUT /articles/{id}/picture': 'picture',
  'PUT /issuer/logo': 'picture',
  'POST /special-jobs/{id}/photos': 'picture',
  'POST /rtv-batches/{id}/carrier-label': 'label',
  'POST /returns/announcements': 'csv',
  'POST /imports': 'csv',
  'POST /storage-snapshots/csv': 'csv',
  'POST /rate-cards/csv': 'csv',
  'POST /carrier-invoices/csv': 'csv',
  'POST /goods-in/csv': 'csv',
};

const send = ({ method, path }: UploadRoute, body: Buffer, type = MULTIPART) =>
  api.raw(method, path, { body: new Uint8Array(body), headers: { 'content-type': type } });

/** A valid request is answered as it should, whatever came before. */
async function works(route: UploadRoute): Promise<void> {
  const response = await send(route, bodyOf(route));
  const text = await response.text();
  expect(`${route.path} ${response.ok ? 'worked' : `${response.status} ${text}`}`).toBe(`${route.path} worked`);
}

/** Runs something that must leave nothing, looks whether it did, and whether the route still works. */
async function leavesNothing(route: UploadRoute, attempt: () => Promise<void>): Promise<void> {
  const before = await whatIsStored(product);
  await attempt();
  await allArrived();
  await eventually(() => unfinished(filesBelow(product.dir)).length === 0);
  expect(await whatIsStored(product)).toEqual(before);
  await works(route);
}

/** What was sent and broken off has been read to its end: the product has no connections but those kept for more. */
async function allArrived(): Promise<void> {
  await knock(product.url);
  await eventually(() => held().connections <= heldAtFirst.connections + AT_ONCE);
}

async function expectProblem(what: string, response: Response, statuses: readonly number[]): Promise<void> {
  const text = await response.text();
  expect([what, response.status, text, statuses.includes(response.status)]).toEqual([
    what,
    response.status,
    text,
    true,
  ]);
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(JSON.parse(text)).toMatchObject({ code: expect.stringMatching(/^[A-Z][A-Z0-9_]+$/), status: response.status });
  expect(text).not.toMatch(/sharp|vips|libjpeg|dicer|busboy|node_modules|\/tmp\/|\.ts\b|ENOENT|select /i);
}

/** Sends many, some at once, and expects each to be refused. */
async function expectRefused<Case extends { what: string; statuses: readonly number[] }>(
  cases: readonly Case[],
  answer: (one: Case) => Promise<Response>,
): Promise<void> {
  const queue = cases.values();
  const sender = async () => {
    for (const one of queue) await expectProblem(one.what, await answer(one), one.statuses);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
}

test('every route that takes a file is among those that are tried', () => {
  expect([...routes].map(([title, { takes }]) => [title, takes])).toEqual(
    expect.arrayContaining(Object.entries(KINDS)),
  );
  expect(routes.size).toBe(Object.keys(KINDS).length);
});

test.each(UPLOAD_TITLES)('%s refuses every form that is broken and keeps nothing', async (title) => {
  const route = routes.get(title)!;
  await leavesNothing(route, () =>
    expectRefused(hostileForms(bodyOf(route)), ({ body, type }) => send(route, body, type)),
  );
});

test.each(routesFor('picture', 'label'))('%s refuses hostile pictures and keeps nothing', async (title) => {
  const route = routes.get(title)!;
  // all of them share one decoder: what takes it long is tried once
  const some = title.includes('photos')
    ? [...pictures, ...(await longFilms())]
    : pictures.filter(({ name }) => !/^(large|progressive|interlaced)/.test(name));
  const cases = some.map(({ name, bytes, code }) => ({
    body: bodyOf(route, { content: bytes, name: 'photo.jpg', more: another(route, name) }),
    ...{ what: name, statuses: route.takes === 'picture' ? [code] : [415, 422] },
  }));
  await leavesNothing(route, () => expectRefused(cases, ({ body }) => send(route, body)));
});

test.each(routesFor('csv'))('%s refuses files that are no CSV of this kind and keeps nothing', async (title) => {
  const route = routes.get(title)!;
  const head = route.file.toString().split('\n')[0]!;
  const columns = head.split(',').length;
  const picture = routes.get('POST /returns/{id}/photos')!.file;
  const files: (string | Buffer)[] = [
    ...[picture, 'PK\x03\x04', '%PDF-1.7\n', '<svg xmlns="http://www.w3.org/2000/svg"/>', '<!DOCTYPE html><p>'],
    ...['"', '\ufeff', '\u0000\u0000\n', 'a,b\n"lone', `${head}\n"lone`, `${head}\n${'\u0000,'.repeat(columns)}\n`],
    Buffer.from(route.file.toString(), 'utf16le'),
    Buffer.concat([Buffer.from(`${head}\n`), Buffer.from([0xc3, 0x28, 0xff])]),
    ','.repeat(2_000_000),
    `${'x,'.repeat(100_000)}\n`,
    `${head},${head}\n${'x,'.repeat(columns * 2)}\n`,
    ...(title.includes('imports') ? [] : [`${head}\n${'1e309,'.repeat(columns).slice(0, -1)}\n`]),
    ...(title.includes('imports') ? [] : [`${head}\n${'=1+1,'.repeat(columns).slice(0, -1)}\n`]),
  ];
  const cases = files.map((content) => ({ what: content.toString().slice(0, 40), content, statuses: [400, 415, 422] }));
  await leavesNothing(route, () =>
    expectRefused(cases, ({ content }) =>
      send(route, bodyOf(route, { content: Buffer.from(content), more: another(route, 'csv') })),
    ),
  );
});

test.each(UPLOAD_TITLES)('%s takes files to its limit and not a byte more', async (title) => {
  const route = routes.get(title)!;
  const { method, path, maxBytes, takes, file } = route;
  const announced = { url: `${product.url}/api/v1${path}`, method, token, length: MOST_ANNOUNCED };
  await leavesNothing(route, async () => {
    expect(await announceOnly(announced)).toBe(413);
    if (maxBytes > SENT_WHOLE) return;
    const of = (bytes: number) => (isText(takes) ? Buffer.alloc(bytes, 'x\n') : padded(file, bytes));
    for (const bytes of [maxBytes + 1, 2 * maxBytes])
      await expectProblem(`${bytes} bytes`, await send(route, bodyOf(route, { content: of(bytes) })), [413]);
    if (isText(takes))
      await expectProblem('to the byte', await send(route, bodyOf(route, { content: of(maxBytes) })), [422]);
  });
  if (isText(takes)) return;
  const largest = bodyOf(route, { content: padded(file, maxBytes), more: another(route, 'large') });
  expect((await send(route, largest)).status).toBe(title.includes('photos') ? 201 : 200);
});

test.each(UPLOAD_TITLES)('%s broken off at any byte leaves no row, no file and nothing open', async (title) => {
  const route = routes.get(title)!;
  const announced = { url: `${product.url}/api/v1${route.path}`, method: route.method, token };
  const small = bodyOf(route);
  const large = bodyOf(route, {
    content: isText(route.takes) ? Buffer.alloc(300_000, route.file) : padded(route.file, 300_000),
  });
  const tries = [small, large].flatMap((body) => breakPoints(body, randomOf(28)).map((at) => [body, at] as const));
  expect(tries.length).toBeGreaterThan(50);
  await leavesNothing(route, async () => {
    // the first one stays long enough that its file is seen: what follows would prove nothing if there never was one
    const arrived = () => unfinished(filesBelow(product.dir)).length > 0;
    await breakOff(announced, large, large.length - 1, () => until('the beginning of the file', arrived));
    const queue = tries.values();
    const breaker = async () => {
      for (const [body, at] of queue) await breakOff(announced, body, at);
    };
    await Promise.all([1, 2, 3, 4, 5, 6].map(breaker));
  });
});

test.each(UPLOAD_TITLES)('%s lets no name of a file name anything in the store', async (title) => {
  const route = routes.get(title)!;
  const names = [
    ...[
      '../../etc/cron.d/x',
      'C:\\\\windows\\\\x.jpg',
      '/etc/passwd',
      'a\r\nSet-Cookie: x',
      `${'x'.repeat(5_000)}.jpg`,
    ],
    ...['.', 'NUL', 'ä\u202egpj.exe', 'a\u0000.jpg', '%2e%2e%2fpasswd', '; filename="b"', '${IFS}passwd'],
  ];
  for (const name of names) {
    const response = await send(route, bodyOf(route, { name }));
    const text = await response.text();
    expect([name, text, [200, 201, 202, 400, 413, 422].includes(response.status)]).toEqual([name, text, true]);
    expect(response.headers.get('set-cookie')).toBeNull();
  }
  const files = filesBelow(product.dir).filter((name) => name.startsWith('objects/'));
  for (const name of files) expect(name).toMatch(/^objects\/[a-z][a-z-]*\/[a-z0-9/._-]+$/);
  expect(files.filter((name) => /passwd|cron|windows|\.\.|exe|ifs/i.test(name))).toEqual([]);
  await works(route);
});

test.each(routesFor('picture'))('%s takes no word for what a file is', async (title) => {
  const route = routes.get(title)!;
  const claim = (content: Buffer, type: string) =>
    Buffer.from(
      bodyOf(route, { content, more: another(route, type) })
        .toString('latin1')
        .replace(/(filename="[^"]*")\r\n/, `$1\r\nContent-Type: ${type}\r\n`),
      'latin1',
    );
  for (const type of ['text/html', 'image/svg+xml', 'application/x-php', 'nonsense'])
    expect((await send(route, claim(route.file, type))).ok).toBe(true);
  await leavesNothing(route, async () => {
    const script = Buffer.from('<!DOCTYPE html><script>alert(1)</script>');
    await expectProblem('a page', await send(route, claim(script, 'image/jpeg')), [415]);
  });
});

test.each([
  ['POST /returns/{id}/photos', 'PHOTO_EXISTS'],
  ['POST /special-jobs/{id}/photos', 'PHOTO_EXISTS'],
  ['POST /imports', 'IMPORT_EXISTS'],
])('%s with an id that is taken keeps nothing of another file', async (title, code) => {
  const route = routes.get(title)!;
  const other = Buffer.concat([route.file, Buffer.from(isText(route.takes) ? route.file.toString('utf8') : 'x')]);
  await leavesNothing(route, async () => {
    const response = await send(route, bodyOf(route, { content: other }));
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([409, code]);
  });
});

/** Where to fetch what a route for pictures made of one. */
const served: Record<string, (answer: { id: string }) => string[]> = {
  'POST /returns/{id}/photos': ({ id }) => inSizes(`/photos/${id}`),
  'PUT /articles/{id}/picture': ({ id }) => inSizes(`/articles/${id}/picture`),
  'POST /special-jobs/{id}/photos': ({ id }) => inSizes(`/special-job-photos/${id}`),
  'PUT /issuer/logo': () => ['/issuer/logo'],
};
const inSizes = (at: string) => ['thumb', 'web', 'full'].map((size) => `${at}/${size}`);

async function keptAs(title: string, content: Buffer, clientPhotoId: string): Promise<Buffer[]> {
  const route = routes.get(title)!;
  const made = await send(route, bodyOf(route, { content, more: another(route, clientPhotoId) }));
  expect(made.ok).toBe(true);
  return Promise.all(
    served[title]!((await made.json()) as { id: string }).map(async (at) => {
      const answer = await api.raw('GET', at);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'image/jpeg',
        'x-content-type-options': 'nosniff',
        'content-disposition': expect.stringMatching(/^inline; filename="[\w-]+\.jpg"$/),
      });
      return Buffer.from(await answer.arrayBuffer());
    }),
  );
}

test.each(routesFor('picture'))('%s serves pictures upright, without metadata and with safe headers', async (title) => {
  for (const orientation of [1, 3, 6, 8] as const) {
    const original = await photoWithEverything(orientation);
    expect(original.includes('SECRETMODEL')).toBe(true);
    for (const bytes of await keptAs(title, original, `turned-${orientation}`)) {
      expect(bytes.toString('latin1')).not.toMatch(/SECRET|Exif|xmpmeta|GPS/);
      const { exif, xmp, iptc, orientation: tag } = await sharp(bytes).metadata();
      expect({ exif, xmp, iptc, tag }).toEqual({ exif: undefined, xmp: undefined, iptc: undefined, tag: undefined });
      await expectQuarters(bytes, [RED, GREEN, BLUE, WHITE]);
    }
  }
});

test.each(routesFor('picture'))('%s serves nothing that hides behind the end of a picture', async (title) => {
  const tail = Buffer.from('PK\x03\x04<?php system($_GET["x"]); ?><script>alert(1)</script>');
  const picture = routes.get(title)!.file;
  for (const bytes of await keptAs(title, Buffer.concat([picture, tail]), 'with-a-tail')) {
    expect(bytes.includes('<?php')).toBe(false);
    expect(bytes.subarray(-2).toString('hex')).toBe('ffd9');
  }
});

test('the label of a carrier is never opened within a page', async () => {
  const answer = await api.raw('GET', `/rtv-batches/${world.batchId}/carrier-label.pdf`);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'x-content-type-options': 'nosniff',
    'content-disposition': expect.stringMatching(/^attachment; filename="[\w-]+\.pdf"$/),
  });
  await answer.arrayBuffer();
});

test('after all of this nothing is left open or unfinished, and nothing has fallen over inside', async () => {
  await eventually(() => held().connections <= heldAtFirst.connections);
  expect(held().files).toEqual(heldAtFirst.files);
  expect(unfinished(filesBelow(product.dir))).toEqual([]);
  expect(
    product
      .output()
      .split('\n')
      .filter((entry) => /"level":(50|60)/.test(entry)),
  ).toEqual([]);
});
