import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { getMessageSource } from '../../../services/notifications/use-cases/get-message-source.ts';
import { listMessages } from '../../../services/notifications/use-cases/list-messages.ts';
import { resendMessage } from '../../../services/notifications/use-cases/resend-message.ts';
import { sendMessage } from '../../../services/notifications/use-cases/send-message.ts';
import { NotFound } from '../../../shared/kernel/errors.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { isRepeated } from '../../../shared/moleculer/repeated.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { notificationsActions } from '../../../shared/protocol/notifications/actions.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { MERCHANT_ID } from '../../support/mail-samples.ts';
import { merchantUser, notificationsFixture, person, type NotificationsFixture } from '../../support/notifications.ts';

const OTHER = uuidOf('another merchant');
const [RETURN, ORDER, INVOICE, LONE, FOREIGN] = ['return', 'order', 'invoice', 'lone', 'foreign'].map((name) =>
  uuidOf('letters', name),
) as [string, string, string, string, string];
let database: TestDatabase;
let fixture: NotificationsFixture;
/** What other services were asked, and by whom. */
let calls: { name: string; actor: Actor }[];
let consumerEmail: string | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await notificationsFixture(database);
  await fixture.arrive();
  await fixture.arrive({ merchantId: OTHER, name: 'Andere GmbH', noticeEmails: [] });
  fixture.deps.call = (async (definition: { name: string }, { id }: { id: string }, actor: Actor) => {
    calls.push({ name: definition.name, actor });
    const found = answers()[`${definition.name} ${id}`];
    if (!found) throw new NotFound(definition.name.split('.')[1]!);
    return found;
  }) as never;
});
beforeEach(async () => {
  await database.query(
    'truncate notifications.letter, notifications.message, notifications.attempt, messaging.audit_entry cascade',
  );
  calls = [];
  consumerEmail = 'kundin@example.com';
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const answers = (): Record<string, unknown> => ({
  [`returns.getReturn ${RETURN}`]: { merchantId: MERCHANT_ID, number: 'RT-2026-00042', orderId: ORDER },
  [`returns.getReturn ${LONE}`]: { merchantId: MERCHANT_ID, number: 'RT-2026-00043', orderId: null },
  [`returns.getReturn ${FOREIGN}`]: { merchantId: OTHER, number: 'RT-2026-00044', orderId: null },
  [`orders.getOrder ${ORDER}`]: {
    merchantId: MERCHANT_ID,
    externalNumber: '536365',
    consumer: { email: consumerEmail },
  },
  [`billing.getInvoice ${INVOICE}`]: { merchantId: MERCHANT_ID, number: 'RE-1' },
  [`merchants.getMerchant ${OTHER}`]: { id: OTHER, number: '900' },
});
const send = (input: object = {}, actor = person('lead')) =>
  sendMessage(
    fixture.deps,
    parseInput(notificationsActions.sendMessage, {
      ...{ to: 'merchant', merchantId: MERCHANT_ID, subject: 'Rückfrage', body: 'Guten Tag,\n\nwas tun?\nAnna' },
      ...{ about: { type: 'return', id: RETURN } },
      ...input,
    }) as never,
    actor,
  );
const list = async (input: Record<string, unknown>, actor: Actor = person('lead')) =>
  (await listMessages(fixture.deps, parseInput(notificationsActions.listMessages, input) as never, actor)).items;
const nothing = async () => {
  for (const table of ['notifications.letter', 'notifications.message', 'messaging.audit_entry'])
    expect(await database.query(`select 1 from ${table}`)).toEqual([]);
};

test('J19 a message to a merchant goes to its notice addresses and stands in the history of the return', async () => {
  const letter = await send();
  expect(notificationsActions.sendMessage.output.parse(letter)).toEqual(letter);
  expect(letter).toMatchObject({
    to: 'merchant',
    writtenBy: 'user-7',
    language: 'de',
    about: { type: 'return', id: RETURN },
  });
  expect(letter.messages.map(({ recipient }) => recipient)).toEqual(['chef@muster.example', 'retouren@muster.example']);
  const history = await list({ documentId: RETURN, kind: 'individual' });
  expect(history).toHaveLength(2);
  expect(history[0]).toMatchObject({
    documentType: 'return',
    audience: 'merchant',
    subject: 'Rückfrage',
    state: 'queued',
  });
  // the owner is asked in the name of who writes, not of the service
  expect(calls[0]).toMatchObject({ name: 'returns.getReturn', actor: { id: 'user-7', roles: ['lead'] } });
  expect(await database.query('select action, entity, entity_id, actor_id, after from messaging.audit_entry')).toEqual([
    {
      ...{ action: 'message.written', entity: 'return', entity_id: RETURN, actor_id: 'user-7' },
      after: { letterId: letter.id, to: 'merchant', subject: 'Rückfrage' },
    },
  ]);
  const { text } = (await database.query<{ text: string }>('select text from notifications.message'))[0]!;
  expect(text).toContain('Guten Tag,\n\nwas tun?\nAnna\n\nRetoure: RT-2026-00042');
});

test('J19 a message to a consumer goes to the address of the order, in the name of the merchant', async () => {
  const letter = await send({ to: 'consumer', language: 'en' });
  expect(letter.messages).toMatchObject([{ recipient: 'kundin@example.com', audience: 'consumer', language: 'en' }]);
  const { objectKey } = await getMessageSource(fixture.deps, { id: letter.messages[0]!.id }, person('lead'));
  const mail = await simpleParser(await fixture.deps.store.read(objectKey));
  expect(mail.text).toContain('on behalf of');
  expect(mail.text).not.toMatch(/851|\/merchant\//);
  // a person wrote, so an answer may come
  expect(mail.headers.has('auto-submitted')).toBe(false);
});

test('J19 a message to a consumer is sent again as it is, to the address it went to; of a merchant to those of now', async () => {
  const [toConsumer, toMerchant] = [await send({ to: 'consumer' }), await send()];
  await database.query(`update notifications.message set state = 'bounced', next_at = null`);
  const { id } = toConsumer.messages[0]!;
  const sender = { name: 'Kontor', address: 'kontor@now.example' };
  const { messages } = await resendMessage({ ...fixture.deps, sender }, { id }, person('finance'));
  const stored = 'select sender_address, message_id_header from notifications.message where id = $1';
  expect(await database.query(stored, [id])).toEqual([
    { sender_address: sender.address, message_id_header: expect.stringMatching(/@now.example>$/) },
  ]);
  await expect(
    database.query(`update notifications.message set sender_address = 'x@now.example' where id = $1`, [id]),
  ).rejects.toThrow('never changed');
  expect(messages).toMatchObject([
    { id, recipient: 'kundin@example.com', state: 'queued', resends: 1, repeatsId: null },
  ]);
  const first = toMerchant.messages[0]!;
  const again = await resendMessage(fixture.deps, { id: first.id }, person('finance'));
  expect(again.messages.map(({ recipient }) => recipient)).toEqual(
    toMerchant.messages.map(({ recipient }) => recipient).toSorted(),
  );
  expect(again.messages.every(({ repeatsId }) => repeatsId === first.id)).toBe(true);
});

test('J19 several messages about the same thing to the same person are several', async () => {
  await send({ to: 'consumer' });
  await send({ to: 'consumer' });
  expect(await list({ documentId: RETURN })).toHaveLength(2);
});

test('J19 the same id again sends nothing more; other content under it is refused', async () => {
  const id = uuidOf('letter', 1);
  const first = await send({ id });
  const again = await send({ id });
  expect(again).toEqual(first);
  expect([isRepeated(first), isRepeated(again)]).toEqual([false, true]);
  await expect(send({ id, body: 'anderes' })).rejects.toMatchObject({ code: 409, type: 'LETTER_EXISTS' });
  const both = await Promise.all([send({ id: uuidOf('letter', 2) }), send({ id: uuidOf('letter', 2) })]);
  expect(both[0]).toEqual(both[1]);
  expect(await list({ documentId: RETURN })).toHaveLength(4);
});

test('J19 text is plain: no markup, no template, one header (security 91, 95)', async () => {
  const evil = '<script>alert(1)</script> {{merchant.number}} \u202Egnp.exe';
  const letter = await send({ to: 'consumer', subject: evil, body: evil });
  const { html, subject } = (
    await database.query<{ html: string; subject: string }>('select html, subject from notifications.message')
  )[0]!;
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; {{merchant.number}} gnp.exe');
  expect(html).not.toContain('<script');
  expect(subject).toBe('<script>alert(1)</script> {{merchant.number}} gnp.exe');
  const { objectKey } = await getMessageSource(fixture.deps, { id: letter.messages[0]!.id }, person('lead'));
  expect((await simpleParser(await fixture.deps.store.read(objectKey))).subject).toBe(subject);
});

test.each<[string, object, string, string]>([
  ['a thing that is not there', { about: { type: 'order', id: RETURN } }, 'about.id', 'UNKNOWN_SUBJECT'],
  ['a thing of another merchant', { about: { type: 'return', id: FOREIGN } }, 'about.id', 'OF_ANOTHER_MERCHANT'],
  ['a return without an order', { to: 'consumer', about: { type: 'return', id: LONE } }, 'to', 'NO_ADDRESS'],
  ['an invoice to a consumer', { to: 'consumer', about: { type: 'invoice', id: INVOICE } }, 'to', 'NO_ADDRESS'],
  ['a merchant without addresses', { merchantId: OTHER, about: { type: 'merchant', id: OTHER } }, 'to', 'NO_ADDRESS'],
  ['an empty subject', { subject: ' \u202E ' }, 'subject', 'BLANK'],
  ['an empty text', { body: '\n\n ' }, 'body', 'BLANK'],
  ['a second header', { subject: 'x\r\nBcc: evil@example.com' }, 'subject', 'INVALID_FORMAT'],
  ['an address', { recipient: 'evil@example.com' }, 'recipient', 'UNKNOWN_FIELD'],
  ['a long text', { body: 'x'.repeat(5_001) }, 'body', 'TOO_BIG'],
])('J19 %s is refused, and nothing is sent', async (_title, input, path, code) => {
  // parsing throws before there is a promise
  await expect(Promise.resolve().then(() => send(input))).rejects.toMatchObject({
    code: 422,
    data: { errors: expect.arrayContaining([expect.objectContaining({ path, code })]) },
  });
  await nothing();
});

test.each([undefined, 'a@x.de, evil@e.com', 'b@y.de\r\nBcc: evil@e.com'])(
  'J19 an order with the address %j has nobody to write to (security 92, 93)',
  async (address) => {
    consumerEmail = address;
    await expect(send({ to: 'consumer' })).rejects.toMatchObject({ data: { errors: [{ code: 'NO_ADDRESS' }] } });
    await nothing();
  },
);

test('J19 while the owner cannot be asked the error stays what it is', async () => {
  const { call } = fixture.deps;
  fixture.deps.call = () => Promise.reject(Object.assign(new Error('x'), { code: 404, type: 'SERVICE_NOT_FOUND' }));
  await expect(send()).rejects.toMatchObject({ type: 'SERVICE_NOT_FOUND' });
  fixture.deps.call = call;
  await nothing();
});

test('J19 a merchant sees what was written to it and to its consumers, and nothing of others', async () => {
  await send();
  await send({ to: 'consumer', about: { type: 'order', id: ORDER } });
  expect(await list({}, merchantUser(MERCHANT_ID))).toHaveLength(3);
  expect(await list({}, merchantUser(OTHER))).toEqual([]);
  expect(await list({ documentId: RETURN }, merchantUser(OTHER))).toEqual([]);
  const key = { ...merchantUser(MERCHANT_ID), kind: 'apiKey' as const, roles: ['lead' as const] };
  await expect(send({}, key)).rejects.toMatchObject({ code: 403 });
});

test('J19 what was written is never changed', async () => {
  await send();
  await expect(database.query(`update notifications.letter set body = 'x'`)).rejects.toThrow();
  await expect(database.query(`update notifications.message set audience = 'consumer'`)).rejects.toThrow(
    /never changed/,
  );
  await expect(database.query('delete from notifications.letter')).rejects.toThrow();
});
