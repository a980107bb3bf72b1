import { afterAll, beforeAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { changeArticle } from '../../../services/orders/use-cases/articles/change-article.ts';
import { createArticle } from '../../../services/orders/use-cases/articles/create-article.ts';
import { getArticle } from '../../../services/orders/use-cases/articles/find-articles.ts';
import { getArticlePicture, setArticlePicture } from '../../../services/orders/use-cases/articles/pictures.ts';
import { upsertMerchants } from '../../../services/orders/persistence/merchants.ts';
import { inTransaction } from '../../../shared/persistence/transaction.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import type { ArticleView } from '../../../shared/protocol/orders/articles.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { merchantSnapshot, newId, ordersFixture, staff, userOf, type OrdersFixture } from '../../support/orders.ts';

let database: TestDatabase;
let fixture: OrdersFixture;
const { merchantId } = merchantSnapshot();
const worker: Actor = { ...staff, kind: 'user', id: 'worker-1', roles: ['worker'] };

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await ordersFixture(database);
  await inTransaction(fixture.deps.orm, 'staff', (em) => upsertMerchants(em, [merchantSnapshot({ merchantId })]));
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const article = (): Promise<ArticleView> =>
  createArticle(fixture.deps, { merchantId, sku: newId(), name: 'Mug', condition: 'a' }, staff);
const jpeg = (background: string, width = 800): Promise<Buffer> =>
  sharp({ create: { width, height: 600, channels: 3, background } })
    .withExif({ IFD0: { Copyright: 'geheim' } })
    .jpeg()
    .toBuffer();
const set = async (id: string, bytes: Buffer, actor = worker) =>
  setArticlePicture(fixture.deps, { id, file: await fixture.upload(bytes) }, actor);
const stored = async (id: string, size: 'thumb' | 'web' | 'full', actor = worker) => {
  const { objectKey, ...answer } = await getArticlePicture(fixture.deps, { id, size }, actor);
  return { ...answer, bytes: await fixture.deps.store.read(objectKey) };
};

test('J30 a picture is kept in three sizes without what the camera wrote, and another one takes its place', async () => {
  const { id } = await article();
  const red = await jpeg('#ff0000', 2_000);
  const first = await set(id, red);
  expect(first).toMatchObject({ version: 2, picture: { width: 2_000, height: 600 } });
  expect(Object.values(first.picture!.links)).toEqual(
    ['thumb', 'web', 'full'].map((size) =>
      expect.stringMatching(new RegExp(`^/api/v1/articles/${id}/picture/${size}\\?expires=\\d+&signature=`)),
    ),
  );
  for (const [size, width] of [
    ['thumb', 320],
    ['web', 1_600],
    ['full', 2_000],
  ] as const) {
    const { bytes, contentType } = await stored(id, size);
    const metadata = await sharp(bytes).metadata();
    expect({ contentType, format: metadata.format, width: metadata.width }).toEqual({
      contentType: 'image/jpeg',
      format: 'jpeg',
      width,
    });
    expect(bytes.includes('geheim')).toBe(false);
  }
  expect(await set(id, red)).toEqual(first);
  const second = await set(id, await jpeg('#0000ff'));
  expect(second).toMatchObject({ version: 3, picture: { width: 800 } });
  const { dominant } = await sharp((await stored(id, 'thumb')).bytes).stats();
  expect(dominant.b).toBeGreaterThan(dominant.r);
  expect(await getArticle(fixture.deps, { id }, worker)).toEqual(second);
  // what else changes leaves the picture
  expect((await changeArticle(fixture.deps, { id, name: 'Cup' }, staff)).picture).toEqual(second.picture);
  const [event] = await database.query<{ payload: { picture: { thumbKey: string } } }>(
    `select payload from messaging.event where payload->>'articleId' = $1 and payload->>'version' = '3'`,
    [id],
  );
  expect(await fixture.deps.store.has(event!.payload.picture.thumbKey)).toBe(true);
  expect(fixture.files().filter((file) => file.startsWith('incoming'))).toEqual([]);
});

test('J30 what is no picture, has no article or is of another merchant is refused and leaves nothing', async () => {
  const { id } = await article();
  const before = fixture.files();
  const good = await jpeg('#00ff00');
  const stranger = { ...userOf(newId()), roles: ['api' as const] };
  const tries: [Promise<unknown>, object][] = [
    [set(id, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')), { code: 415 }],
    [set(id, good.subarray(0, good.length / 2)), { code: 422, type: 'IMAGE_DAMAGED' }],
    [set(id, Buffer.alloc(0)), { code: 422 }],
    [set(newId(), good), { code: 404, type: 'ARTICLE_NOT_FOUND' }],
    [set(id, good, stranger), { code: 404, type: 'ARTICLE_NOT_FOUND' }],
    [set(id, good, { ...worker, ifMatch: 9 }), { code: 412 }],
    [stored(id, 'thumb'), { code: 404, type: 'PICTURE_NOT_FOUND' }],
  ];
  for (const [attempt, refusal] of tries) await expect(attempt).rejects.toMatchObject(refusal);
  expect(fixture.files()).toEqual(before);
  expect(await getArticle(fixture.deps, { id }, worker)).toMatchObject({ version: 1, picture: null });
  await set(id, good);
  await expect(stored(id, 'thumb', stranger)).rejects.toMatchObject({ code: 404, type: 'ARTICLE_NOT_FOUND' });
});

test('a repeated change is answered with links to the picture that have not ended', async () => {
  const { id } = await article();
  await set(id, await jpeg('#808000'));
  const actor: Actor = {
    ...worker,
    idempotency: { key: newId(), action: 'orders.changeArticle', requestHash: 'same' },
  };
  const change = () => changeArticle(fixture.deps, { id, name: 'Pot' }, actor);
  const first = await change();
  fixture.clock.now = new Date(fixture.clock.now.getTime() + 86_400_000);
  const again = await change();
  expect(again.version).toBe(first.version);
  expect(again.picture!.links).not.toEqual(first.picture!.links);
  expect(again.picture!.links).toEqual((await getArticle(fixture.deps, { id }, actor)).picture!.links);
});

test('a picture that comes again with its key gets its first answer, though the version it named is gone', async () => {
  const { id, version } = await article();
  const idempotency = { key: newId(), action: 'orders.setArticlePicture', requestHash: 'same' };
  const bytes = await jpeg('#008080');
  const first = await set(id, bytes, { ...worker, ifMatch: version, idempotency });
  expect(first.version).toBe(version + 1);
  expect(await set(id, bytes, { ...worker, ifMatch: version, idempotency })).toEqual(first);
  await expect(set(id, bytes, { ...worker, ifMatch: version })).rejects.toMatchObject({ code: 412 });
});
