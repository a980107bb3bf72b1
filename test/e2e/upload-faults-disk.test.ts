import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { setUpIssuer } from '../support/fixtures.ts';
import { noise } from '../support/hostile-images.ts';
import { openMerchantWorld, type MerchantWorld } from '../support/merchant-world.ts';
import { MULTIPART } from '../support/multipart.ts';
import { until } from '../support/product.ts';
import { mayMount, mountSmallDisk, type SmallDisk } from '../support/small-disk.ts';
import { filesBelow, unfinished, whatIsStored } from '../support/stored.ts';
import { another, bodyOf, UPLOAD_TITLES, uploadRoutes, type UploadRoute } from '../support/upload-routes.ts';
import { startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

jest.setTimeout(120_000);

/** Fault 18: a disk that is full stores nothing, says so, holds up nobody else and works again with room. */
const PHOTOS = 'POST /returns/{id}/photos';
const IMPORTS = 'POST /imports';

let product: WholeProduct;
let world: MerchantWorld;
let routes: Map<string, UploadRoute>;
/** Of the object store and of the folder for mails. */
let disk: SmallDisk;
let mailDisk: SmallDisk;

// skipped where file systems cannot be mounted; CI may
const allowed = mayMount();
const onSmallDisk = allowed ? test : test.skip;

beforeAll(async () => {
  if (!allowed) return;
  product = await startWholeProduct({ mailServer: false });
  disk = mountSmallDisk(path.join(product.dir, 'objects'), 16);
  mailDisk = mountSmallDisk(path.join(product.dir, 'mail'), 1);
  await setUpIssuer(product.admin, '2026-11-01');
  world = await openMerchantWorld(product.admin, '100', 'Muster GmbH');
  routes = await uploadRoutes(world, '100');
});
afterAll(async () => {
  disk?.close();
  mailDisk?.close();
  await product?.close();
});

const send = ({ method, path: to }: UploadRoute, body: Buffer) =>
  product.admin.raw(method, to, { body: new Uint8Array(body), headers: { 'content-type': MULTIPART } });
const stored = async () => {
  const all = await whatIsStored(product);
  return { ...all, files: all.files.filter((name) => !name.endsWith('.ballast')) };
};

async function expectFull(response: Response): Promise<void> {
  const text = await response.text();
  expect(text).toMatch(/"code":"STORAGE_FULL"/);
  expect(text).not.toMatch(/ENOSPC|\/tmp\/|objects/);
  expect([response.status, Number(response.headers.get('retry-after')) > 0]).toEqual([503, true]);
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
}

/** Sends a body while only so many bytes are free, and expects nothing to be left of it. */
async function withRoom(bytes: number, route: UploadRoute, body: Buffer): Promise<void> {
  const before = await stored();
  disk.leave(bytes);
  try {
    await expectFull(await send(route, body));
    expect((await product.admin.raw('GET', `/returns/${world.announcedId}`)).status).toBe(200);
    expect(await stored()).toEqual(before);
  } finally {
    disk.empty();
  }
}

onSmallDisk.each(UPLOAD_TITLES)('%s says that a disk is full, keeps nothing and works with room', async (title) => {
  const route = routes.get(title)!;
  await withRoom(0, route, bodyOf(route));
  const response = await send(route, bodyOf(route));
  expect([response.ok, await response.text()]).toEqual([true, expect.any(String)]);
});

onSmallDisk(
  'B4 a photo that found no room, at whatever byte, is taken once with the same id when there is room',
  async () => {
    const route = routes.get(PHOTOS)!;
    const content = await noise(1_000, 750).jpeg({ quality: 90 }).toBuffer();
    const form = (clientPhotoId: string) => bodyOf(route, { content, more: another(route, clientPhotoId) });
    for (const left of [4_096, 65_536, content.length >> 1, content.length - 4_096])
      await withRoom(left, route, form('full'));
    // the upload fits, what is made of it does not
    for (const left of [4_096, 100_000]) await withRoom(content.length + left, route, form('full'));
    const before = filesBelow(product.dir);
    const first = await send(route, form('full'));
    const { id } = (await first.json()) as { id: string };
    const again = await send(route, form('full'));
    expect([first.status, again.status, ((await again.json()) as { id: string }).id]).toEqual([201, 200, id]);
    const added = filesBelow(product.dir).filter((name) => !before.includes(name));
    expect(added).toEqual([1, 2, 3].map(() => expect.stringMatching(/^objects\/photos\//)));
    expect(await product.query('select id from returns.photo where client_photo_id = $1', ['full'])).toEqual([{ id }]);
  },
);

onSmallDisk('a photo of which not every size finds room leaves nothing, and can be sent again', async () => {
  const route = routes.get(PHOTOS)!;
  const content = await noise(990, 750).jpeg({ quality: 90 }).toBuffer();
  const form = bodyOf(route, { content, more: another(route, 'half') });
  const before = await stored();
  disk.leave(2 * content.length + 20_000);
  await expectFull(await send(route, form));
  disk.empty();
  const partly = await stored();
  expect(partly.rows).toEqual(before.rows);
  expect(partly.files).toEqual(before.files);
  expect((await send(route, form)).status).toBe(201);
  expect((await stored()).files.length - before.files.length).toBe(3);
});

onSmallDisk(
  'a CSV import that finds no room to keep its file does not begin; one without room for its errors waits',
  async () => {
    const route = routes.get(IMPORTS)!;
    const head = route.file.toString().split('\n')[0]!;
    const rows = Array.from({ length: 20_000 }, (_, index) => `A${index},P,Vase,1,2026-10-30 10:00:00,1,1,Germany`);
    const content = Buffer.from([head, ...rows].join('\n'));
    const form = bodyOf(route, { content, more: { id: '019a1b00-0000-7000-8000-000000000002' } });
    await withRoom(content.length >> 1, route, form);
    await withRoom(content.length + 4_096, route, form);
    disk.leave(2 * content.length + 8_192);
    const accepted = await send(route, form);
    const { id } = (await accepted.json()) as { id: string };
    expect(accepted.status).toBe(202);
    const state = async () => {
      const [row] = await product.query<{ state: string; attempts: number }>(
        'select state, attempts from sync.import where id = $1',
        [id],
      );
      return row!;
    };
    const { state: meanwhile } = await until('a try that found no room', async () => {
      const row = await state();
      return row.attempts > 1 && row;
    });
    expect(['queued', 'running']).toContain(meanwhile);
    disk.empty();
    await until('the import', async () => (await state()).state === 'done');
    const report = await product.admin.raw('GET', `/imports/${id}/errors.csv`);
    expect((await report.text()).trim().split('\n').length).toBe(rows.length + 1);
    expect(unfinished(filesBelow(product.dir))).toEqual([]);
  },
);

onSmallDisk('a mail for which the folder has no room waits and is not lost', async () => {
  const folder = path.join(product.dir, 'mail');
  const mails = () => readdirSync(folder).filter((name) => !name.startsWith('.ballast'));
  await until('earlier mails', async () => (await waiting()).length === 0);
  const before = mails().length;
  mailDisk.leave(0);
  const { items } = await product.admin.get<{ items: { id: string }[] }>('/messages?kind=batchDispatched');
  await product.admin.post(`/messages/${items[0]!.id}/resend`);
  const [mail] = await until('a mail that waits', async () => {
    const some = await waiting();
    return some.some(({ error }) => error) && some;
  });
  expect(mail).toMatchObject({ state: 'queued', error: 'There is no room left in the folder for mails' });
  expect(mails().length).toBe(before);
  mailDisk.empty();
  await product.query('update notifications.message set next_at = now() where state = $1', ['queued']);
  await until('the mail', async () => (await waiting()).length === 0, 60_000);
  expect(mails().length).toBe(before + 1);
  expect(mails().every((name) => name.endsWith('.eml') && statSync(path.join(folder, name)).size > 1_000)).toBe(true);
});

const waiting = () =>
  product.query<{ state: string; attempts: number; error: string | null }>(
    `select state, attempts, error from notifications.message where state in ('queued', 'sending')`,
  );

onSmallDisk('after all of this nothing has fallen over inside', async () => {
  const errors = product
    .output()
    .split('\n')
    .filter((entry) => /"level":(50|60)/.test(entry) && !entry.includes('import interrupted'));
  expect(errors).toEqual([]);
});
