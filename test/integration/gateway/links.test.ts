import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { NotFound } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { signPath } from '../../../shared/links/path.ts';
import { bind } from '../../../shared/moleculer/actions.ts';
import { createCall } from '../../../shared/moleculer/call.ts';
import { linkActor, type Actor } from '../../../shared/protocol/actor.ts';
import { defineAction, routePath } from '../../../shared/protocol/define.ts';
import { byId, fileAnswer, id, none } from '../../../shared/protocol/schemas.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';

const picture = defineAction({
  name: 'pictures.get',
  summary: 'A picture',
  rest: 'GET /pictures/{id}/{size}',
  access: ['worker', 'merchantViewer'],
  params: z.strictObject({ id, size: z.enum(['thumb', 'full']) }),
  output: fileAnswer,
  download: true,
  signed: true,
});
const list = defineAction({
  name: 'pictures.list',
  summary: 'Pictures',
  rest: 'GET /pictures',
  access: ['worker'],
  params: none,
  output: none,
});
const sheet = defineAction({
  name: 'pictures.sheet',
  summary: 'All pictures as a PDF, for people who are logged in',
  rest: 'GET /pictures/{id}/sheet.pdf',
  access: ['worker'],
  params: byId,
  output: fileAnswer,
  download: true,
});

const MINUTE = 60_000;
const here = uuidv7(new Date());
const other = uuidv7(new Date());
const actors: Actor[] = [];
let gateway: TestGateway;
let now = new Date('2026-11-24T10:00:00Z');

beforeAll(async () => {
  const file = (given: string) => ({
    objectKey: `photos/${given}.jpg`,
    contentType: 'image/jpeg',
    filename: `${given}.jpg`,
    disposition: 'inline' as const,
  });
  const get = async (input: { id: string; size: string }, actor: Actor) => {
    actors.push(actor);
    if (input.id !== here && input.id !== other) throw new NotFound('picture');
    return file(input.size);
  };
  const definitions = { get: picture, list, sheet };
  gateway = await startTestGateway({
    linkClock: () => now,
    extra: bind(definitions, { get, list: async () => ({}), sheet: async () => file('thumb') }),
  });
  await gateway.store.put('photos/thumb.jpg', Buffer.from('a small picture'));
  await gateway.store.put('photos/full.jpg', Buffer.from('a large picture'));
});
afterAll(() => gateway.stop());

const pathOf = (pictureId: string, size = 'thumb') => routePath(picture, { id: pictureId, size });
const linkTo = (path: string, minutes = 5) =>
  signPath(gateway.linkKey, path, new Date(now.getTime() + minutes * MINUTE));
const open = (link: string, init: RequestInit = {}) => fetch(gateway.url + link, init);
const outcome = async (link: string, init: RequestInit = {}) => {
  const answer = await open(link, init);
  const text = await answer.text();
  return `${answer.status} ${answer.ok ? text : (JSON.parse(text) as { code: string }).code}`;
};

test('B5 a signed link shows the picture without a log-in, and may be kept until it ends', async () => {
  const answer = await open(linkTo(pathOf(here)));
  expect([answer.status, await answer.text()]).toEqual([200, 'a small picture']);
  const headers = Object.fromEntries(answer.headers);
  expect(headers).toMatchObject({
    'cache-control': 'private, max-age=300, immutable',
    'content-type': 'image/jpeg',
    'content-disposition': 'inline; filename="thumb.jpg"',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'cross-origin',
  });
  expect(actors.at(-1)).toMatchObject({ kind: 'link', id: pathOf(here), roles: [] });
});

test('B5 what is known already is not sent again, and HEAD answers, too', async () => {
  const link = linkTo(pathOf(here), 2);
  const again = await open(link, { headers: { 'if-none-match': '"photos/thumb.jpg"' } });
  expect([again.status, again.headers.get('cache-control')]).toEqual([304, 'private, max-age=120, immutable']);
  const head = await open(link, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '15']);
});

test('B5 security case 29: after its end a link is worth nothing', async () => {
  const link = linkTo(pathOf(here));
  now = new Date(now.getTime() + 5 * MINUTE);
  expect(await outcome(link)).toBe('403 LINK_EXPIRED');
  const { headers } = await open(link);
  expect(headers.get('cache-control')).toBe('no-store');
});

const invalid: [what: string, link: () => string][] = [
  ['another picture', () => linkTo(pathOf(here)).replace(here, other)],
  ['another size', () => linkTo(pathOf(here)).replace('thumb', 'full')],
  ['a later end', () => linkTo(pathOf(here)).replace(/expires=(\d+)/, (_, at) => `expires=${Number(at) + 60}`)],
  ['no end', () => linkTo(pathOf(here)).replace(/expires=\d+&/, '')],
  ['an empty signature', () => `${pathOf(here)}?expires=4000000000&signature=`],
  ['a name only', () => `${pathOf(here)}?expires=4000000000&signature`],
  ['a cut signature', () => linkTo(pathOf(here)).slice(0, -1)],
  ['a longer signature', () => `${linkTo(pathOf(here))}A`],
  ['signatures twice', () => `${linkTo(pathOf(here))}&signature=x`],
  ['an array', () => linkTo(pathOf(here)).replace('signature=', 'signature[]=')],
  ['signed for another gateway', () => signPath(new Uint8Array(32), pathOf(here), new Date('2030-01-01'))],
  ['signed for a list of it', () => pathOf(here) + linkTo('/api/v1/pictures').replace(/^[^?]*/, '')],
  ['upper case', () => linkTo(pathOf(here)).replace(here, here.toUpperCase())],
  ['a slash more', () => linkTo(pathOf(here)).replace('?', '/?')],
  ['unreadable percent-encoding', () => `${linkTo(pathOf(here))}&x=%E0%A4`],
];
test.each(invalid)('B5 security case 29: a link with %s is refused', async (what, link) => {
  const before = actors.length;
  // an array is no signature at all, so this is a request without a log-in
  expect(await outcome(link())).toBe(what === 'an array' ? '401 NOT_LOGGED_IN' : '403 LINK_INVALID');
  expect(actors).toHaveLength(before);
});

test('B5 a valid link with something beside it is an input like any other', async () => {
  expect(await outcome(`${linkTo(pathOf(here))}&merchantId=${other}`)).toBe('422 INVALID_INPUT');
  expect(await outcome(linkTo(pathOf(uuidv7(now))))).toBe('404 PICTURE_NOT_FOUND');
  expect(await outcome(linkTo(`/api/v1/pictures/${here}/huge`))).toBe('422 INVALID_INPUT');
});

test('B5 a link opens nothing but what says that it may be linked', async () => {
  expect(await outcome(linkTo('/api/v1/pictures'))).toBe('401 NOT_LOGGED_IN');
  expect(await outcome(linkTo(`/api/v1/pictures/${here}/sheet.pdf`))).toBe('401 NOT_LOGGED_IN');
  expect(await outcome(linkTo(`/api/v1/things/${here}`))).toBe('401 NOT_LOGGED_IN');
  expect(await outcome(linkTo(pathOf(here)), { method: 'DELETE' })).toBe('405 METHOD_NOT_ALLOWED');
  expect(await outcome(pathOf(here))).toBe('401 NOT_LOGGED_IN');
});

test('B5 a log-in does not mend a bad link, and still works without one', async () => {
  const { token } = await gateway.login(['worker']);
  const headers = { authorization: `Bearer ${token}` };
  expect(await outcome(linkTo(pathOf(here)).slice(0, -1), { headers })).toBe('403 LINK_INVALID');
  expect(await outcome(pathOf(here), { headers })).toBe('200 a small picture');
  const answer = await open(pathOf(here), { headers });
  expect(answer.headers.get('cache-control')).toBe('private, no-cache');
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
});

test('B5 the owner of an action refuses a link to something else, even from the bus', async () => {
  const { call } = busWithKey();
  const actor = linkActor(pathOf(here), 'request-1');
  await expect(call(picture, { id: here, size: 'thumb' }, actor)).resolves.toMatchObject({ contentType: 'image/jpeg' });
  await expect(call(picture, { id: other, size: 'thumb' }, actor)).rejects.toMatchObject({ type: 'LINK_INVALID' });
  await expect(call(picture, { id: here, size: 'full' }, actor)).rejects.toMatchObject({ type: 'LINK_INVALID' });
  await expect(call(list, {}, actor)).rejects.toMatchObject({ type: 'LINK_INVALID' });
  await expect(call(sheet, { id: here }, actor)).rejects.toMatchObject({ type: 'LINK_INVALID' });
});

test('B5 no line of the log holds a signature', () => {
  expect(JSON.stringify(gateway.logLines())).not.toContain('signature');
});

const busWithKey = () => ({ call: createCall(gateway.broker, gateway.principalKey) });
