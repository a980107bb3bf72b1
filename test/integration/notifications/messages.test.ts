import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import sharp from 'sharp';
import { getMessage } from '../../../services/notifications/use-cases/get-message.ts';
import { getMessageAttachment } from '../../../services/notifications/use-cases/get-message-attachment.ts';
import { getMessageSource } from '../../../services/notifications/use-cases/get-message-source.ts';
import { listMessages } from '../../../services/notifications/use-cases/list-messages.ts';
import { resendMessage } from '../../../services/notifications/use-cases/resend-message.ts';
import { sendDue } from '../../../services/notifications/use-cases/send-due.ts';
import type { OutgoingMail } from '../../../services/notifications/mail/mailer.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import { notificationsActions } from '../../../shared/protocol/notifications/actions.ts';
import { invoiceDocumentReadyV1 } from '../../../shared/protocol/billing/events.ts';
import { returnInspectedV1 } from '../../../shared/protocol/returns/events.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { inspected, inspectedItem, MERCHANT_ID, photo, ready } from '../../support/mail-samples.ts';
import {
  merchantUser,
  notificationsFixture,
  person,
  worker,
  type NotificationsFixture,
} from '../../support/notifications.ts';

const OTHER = uuidOf('another merchant');
const PDF = Buffer.from('%PDF-1.7 the invoice');
let database: TestDatabase;
let fixture: NotificationsFixture;
let sent: OutgoingMail[];
let picture: Buffer;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await notificationsFixture(database);
  picture = await sharp({ create: { width: 32, height: 24, channels: 3, background: '#3a3' } })
    .jpeg()
    .toBuffer();
  await fixture.arrive();
  await fixture.arrive({ merchantId: OTHER, name: 'Andere GmbH', invoiceEmails: ['andere@andere.example'] });
});
beforeEach(async () => {
  await database.query('truncate notifications.message, notifications.attempt cascade');
  sent = [];
  fixture.deps.mailer = { send: async (mail) => `250 taken as ${sent.push(mail)}` };
  fixture.clock.now = new Date('2026-10-31T20:00:00Z');
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

async function queue(): Promise<void> {
  const { announce, consumeAll, clock, deps } = fixture;
  const { sha256 } = await deps.store.putContent('photos', picture, 'jpg');
  const { key: objectKey, sha256: pdfHash, bytes } = await deps.store.putContent('invoices', PDF, 'pdf');
  const note = `src="cid:${photo(1).photoId}@photos"`;
  await announce(returnInspectedV1, inspected({ items: [inspectedItem({ note, photos: [photo(1, sha256)] })] }));
  await consumeAll();
  clock.now = new Date('2026-10-31T20:00:01Z');
  const pdf = { objectKey, sha256: pdfHash, bytes, filename: 'RE-2026-00123.pdf' };
  await announce(invoiceDocumentReadyV1, ready({ pdf }));
  await announce(invoiceDocumentReadyV1, ready({ pdf, merchantId: OTHER, invoiceId: uuidOf('other invoice') }));
  await consumeAll();
}
const list = (input: object = {}, actor = worker) =>
  listMessages(fixture.deps, parseInput(notificationsActions.listMessages, { ...input }) as never, actor);
const recipients = async (input: object = {}, actor = worker) =>
  (await list(input, actor)).items.map(({ recipient }) => recipient);
const invoiceMail = async () => (await list({ kind: 'invoiceReady', merchantId: MERCHANT_ID })).items[0]!;

test('the list is newest first, pages by key, and can be narrowed', async () => {
  await queue();
  const first = await list({ limit: '3' });
  const second = await list({ limit: '3', cursor: first.nextCursor });
  const all = [...first.items, ...second.items];
  expect(new Set(all.map(({ id }) => id)).size).toBe(4);
  expect(second.nextCursor).toBeNull();
  expect(all.map(({ kind }) => kind)).toEqual(['invoiceReady', 'invoiceReady', 'returnInspected', 'returnInspected']);
  expect(notificationsActions.listMessages.output.parse(first)).toEqual(first);
  expect(await recipients({ kind: 'returnInspected' })).toHaveLength(2);
  expect(await recipients({ merchantId: OTHER })).toEqual(['andere@andere.example']);
  expect(await recipients({ documentId: ready().invoiceId })).toEqual(['rechnung@muster.example']);
  expect(await recipients({ state: 'sent' })).toEqual([]);
  await sendDue(fixture.deps);
  expect(await recipients({ state: 'sent' })).toHaveLength(4);
});

test.each([
  'x',
  '["a","b"]',
  `["2026-10-31T20:00:00Z","'"]`,
  // well-formed, and further from UTC than the database knows a zone
  `["2026-10-31T20:00:00+23:59","${MERCHANT_ID}"]`,
])('the foreign cursor %j is refused', (key) => {
  const cursor = Buffer.from(key).toString('base64url');
  return expect(list({ cursor })).rejects.toMatchObject({ code: 422 });
});

test('a merchant sees its own messages only; others look as if they did not exist', async () => {
  await queue();
  const other = merchantUser(OTHER);
  const foreign = await invoiceMail();
  expect(await recipients({}, other)).toEqual(['andere@andere.example']);
  expect(await recipients({ merchantId: MERCHANT_ID }, other)).toEqual([]);
  const { deps } = fixture;
  const { id } = foreign;
  for (const ask of [
    () => getMessage(deps, { id }, other),
    () => getMessageSource(deps, { id }, other),
    () => getMessageAttachment(deps, { id, index: 0 }, other),
    () => resendMessage(deps, { id }, other),
  ])
    await expect(ask()).rejects.toMatchObject({ code: 404, type: 'MESSAGE_NOT_FOUND' });
});

test('a message is shown with its pictures inside, and text of a worker that looks like a picture stays text', async () => {
  await queue();
  const [item] = (await list({ kind: 'returnInspected' })).items;
  const view = await getMessage(fixture.deps, { id: item!.id }, worker);
  expect(notificationsActions.getMessage.output.parse(view)).toEqual(view);
  expect(view.html).toContain(`<img src="data:image/jpeg;base64,${picture.toString('base64')}"`);
  expect(view.html).toContain(`src=&quot;cid:${photo(1).photoId}@photos&quot;`);
  expect(view.html).not.toContain('src="cid:');
  expect(view.attachments).toEqual([]);
});

test('attachments are listed and handed out; one that is not there is a 404', async () => {
  await queue();
  const { id } = await invoiceMail();
  const { attachments } = await getMessage(fixture.deps, { id }, merchantUser(MERCHANT_ID));
  expect(attachments).toEqual([
    { index: 0, filename: 'RE-2026-00123.pdf', contentType: 'application/pdf', bytes: PDF.length },
  ]);
  const file = await getMessageAttachment(fixture.deps, { id, index: 0 }, worker);
  expect(await fixture.deps.store.read(file.objectKey)).toEqual(PDF);
  await expect(getMessageAttachment(fixture.deps, { id, index: 1 }, worker)).rejects.toMatchObject({
    type: 'ATTACHMENT_NOT_FOUND',
  });
});

test('the source is what the mail server got, byte for byte, and the same each time', async () => {
  await queue();
  while (await sendDue(fixture.deps));
  const { id } = await invoiceMail();
  const first = await getMessageSource(fixture.deps, { id }, worker);
  expect(first).toMatchObject({
    contentType: 'message/rfc822',
    filename: expect.stringMatching(/^2026-10-31-.*\.eml$/),
  });
  expect(await getMessageSource(fixture.deps, { id }, worker)).toEqual(first);
  const source = await fixture.deps.store.read(first.objectKey);
  expect(sent.find(({ to }) => to === 'rechnung@muster.example')!.source.equals(source)).toBe(true);
  expect((await simpleParser(source)).attachments[0]!.content).toEqual(PDF);
});

test('H9 only what came to an end is sent again, and of two who click at once one', async () => {
  await queue();
  const { id } = await invoiceMail();
  await expect(resendMessage(fixture.deps, { id }, worker)).rejects.toMatchObject({ type: 'MESSAGE_ON_ITS_WAY' });
  while (await sendDue(fixture.deps));
  const { version } = await invoiceMail();
  const { messages } = await resendMessage(fixture.deps, { id }, { ...worker, ifMatch: version });
  expect(messages).toMatchObject([{ state: 'queued', attempts: 0, resends: 0, repeatsId: id }]);
  await expect(resendMessage(fixture.deps, { id }, { ...worker, ifMatch: version })).rejects.toMatchObject({
    code: 412,
  });
  await sendDue(fixture.deps);
  const [first, again] = [
    await getMessage(fixture.deps, { id }, worker),
    await getMessage(fixture.deps, { id: messages[0]!.id }, worker),
  ];
  expect(first).toMatchObject({ state: 'sent', attempts: 1, resends: 1, repeatsId: null });
  expect(again).toMatchObject({ state: 'sent', attempts: 1, resends: 0, repeatsId: id });
  expect([again.subject, again.html, again.text, again.attachments]).toEqual([
    ...[first.subject, first.html, first.text, first.attachments],
  ]);
  expect(again.messageIdHeader).not.toBe(first.messageIdHeader);
  expect(first.deliveries.map(({ outcome }) => outcome)).toEqual(['sent']);
  expect(sent.map(({ to }) => to).filter((to) => to === 'rechnung@muster.example')).toHaveLength(2);
});

test('H9 what is sent again comes from the sender of now', async () => {
  await queue();
  const former = { ...fixture.deps, sender: { name: 'Kontor', address: 'kontor@former.example' } };
  await sendDue(former);
  expect(sent[0]!.from).toBe('kontor@former.example');
  const { id } = await invoiceMail();
  await resendMessage(former, { id }, worker);
  const { id: second } = await invoiceMail();
  sent = [];
  // also what was queued before: what a server says to MAIL FROM is about the address of now
  while (await sendDue(fixture.deps));
  expect(new Set(sent.map(({ from }) => from))).toEqual(new Set(['kontor@fulfiller.example']));
  expect(String(sent[0]!.source)).toContain('<kontor@former.example>');
  await resendMessage(fixture.deps, { id: second }, worker);
  sent = [];
  while (await sendDue(fixture.deps));
  expect(String(sent[0]!.source)).toContain('<kontor@fulfiller.example>');
});

test('H9 what is sent again goes to the addresses of the record of today, and never to one that was taken out', async () => {
  await queue();
  while (await sendDue(fixture.deps));
  const { id } = await invoiceMail();
  await fixture.arrive({
    version: 2,
    invoiceEmails: ['neu@muster.example', 'Neu@muster.example', 'zweit@muster.example'],
  });
  const resendTo = ['neu@muster.example', 'zweit@muster.example'];
  expect(await getMessage(fixture.deps, { id }, worker)).toMatchObject({
    recipient: 'rechnung@muster.example',
    resendTo,
  });
  sent = [];
  const answer = await resendMessage(fixture.deps, { id }, worker);
  expect(notificationsActions.resendMessage.output.parse(answer)).toEqual(answer);
  expect(answer.messages.map(({ recipient }) => recipient)).toEqual(resendTo);
  while (await sendDue(fixture.deps));
  expect(sent.map(({ to }) => to)).toEqual(expect.arrayContaining(resendTo));
  expect(sent).toHaveLength(2);
  const entries = await database.query(
    `select before, after from messaging.audit_entry where action = 'message.resent' and entity_id = $1`,
    [id],
  );
  expect(entries).toContainEqual({
    before: { state: 'sent', resends: 0, recipient: 'rechnung@muster.example' },
    after: { resends: 1, recipients: resendTo },
  });
  // what repeats another one can be repeated, too
  const [again] = answer.messages;
  const third = await resendMessage(fixture.deps, { id: again!.id }, worker);
  expect(third.messages.map(({ recipient, repeatsId }) => [recipient, repeatsId])).toEqual(
    resendTo.map((recipient) => [recipient, again!.id]),
  );
  await expect(
    database.query('update notifications.message set repeats_id = null where id = $1', [again!.id]),
  ).rejects.toThrow('never changed');
});

test('H9 notices go to the addresses for notices; without any address nothing is sent again', async () => {
  await queue();
  while (await sendDue(fixture.deps));
  const [notice] = (await list({ kind: 'returnInspected' })).items;
  await fixture.arrive({ version: 3, noticeEmails: ['neu@muster.example'], invoiceEmails: [] });
  const { messages } = await resendMessage(fixture.deps, { id: notice!.id }, worker);
  expect(messages.map(({ recipient }) => recipient)).toEqual(['neu@muster.example']);
  const invoice = await invoiceMail();
  expect(await getMessage(fixture.deps, { id: invoice.id }, worker)).toMatchObject({ resendTo: [] });
  await expect(resendMessage(fixture.deps, { id: invoice.id }, worker)).rejects.toMatchObject({
    code: 409,
    type: 'MESSAGE_WITHOUT_RECIPIENT',
  });
  expect(await invoiceMail()).toMatchObject({ id: invoice.id, version: invoice.version, resends: 0 });
});

test('H9 of several addresses those get it again that do not have it; once all have it, all, and none twice at once', async () => {
  await fixture.arrive({ version: 4, invoiceEmails: ['a@muster.example', 'b@muster.example', 'C@muster.example'] });
  await queue();
  while (await sendDue(fixture.deps));
  const mails = (await list({ kind: 'invoiceReady', merchantId: MERCHANT_ID })).items;
  const idOf = (address: string) => mails.find(({ recipient }) => recipient === address)!.id;
  await database.query(
    `update notifications.message set state = case recipient when 'a@muster.example' then 'bounced' else 'unconfirmed' end
     where recipient <> 'b@muster.example' and id = any($1::uuid[])`,
    [mails.map(({ id }) => id)],
  );
  const resendTo = async (id: string) => (await getMessage(fixture.deps, { id }, worker)).resendTo;
  for (const { id } of mails) expect(await resendTo(id)).toEqual(['a@muster.example', 'C@muster.example']);
  // by the mail of one address and by that of another one
  const clicks = ['a@muster.example', 'C@muster.example'].map((address) =>
    resendMessage(fixture.deps, { id: idOf(address) }, worker),
  );
  const answers = await Promise.allSettled(clicks);
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const refused = { reason: { code: 409, type: 'MESSAGE_ON_ITS_WAY' } };
  expect(answers.find(({ status }) => status === 'rejected')).toMatchObject(refused);
  sent = [];
  while (await sendDue(fixture.deps));
  expect(sent.map(({ to }) => to).toSorted()).toEqual(['C@muster.example', 'a@muster.example']);
  expect(await resendTo(idOf('a@muster.example'))).toHaveLength(3);
  expect((await resendMessage(fixture.deps, { id: idOf('b@muster.example') }, worker)).messages).toHaveLength(3);
});

test('H9 a copy that waits for its server holds up no other address; the mail of that address is not sent again', async () => {
  await fixture.arrive({ version: 5, invoiceEmails: ['a@muster.example', 'b@muster.example', 'C@muster.example'] });
  await queue();
  while (await sendDue(fixture.deps));
  const mails = (await list({ kind: 'invoiceReady', merchantId: MERCHANT_ID })).items;
  const idOf = (address: string) => mails.find(({ recipient }) => recipient === address)!.id;
  await database.query(
    `update notifications.message set state = 'queued', next_at = now() + interval '1 hour' where id = $1`,
    [idOf('a@muster.example')],
  );
  const resend = async (address: string) =>
    (await resendMessage(fixture.deps, { id: idOf(address) }, worker)).messages.map(({ recipient }) => recipient);
  const { resendTo } = await getMessage(fixture.deps, { id: idOf('b@muster.example') }, worker);
  expect(resendTo).toEqual(['b@muster.example', 'C@muster.example']);
  expect((await resend('b@muster.example')).toSorted()).toEqual(['C@muster.example', 'b@muster.example']);
  for (const address of ['a@muster.example', 'b@muster.example', 'C@muster.example'])
    await expect(resend(address)).rejects.toMatchObject({ code: 409, type: 'MESSAGE_ON_ITS_WAY' });
});

test('H9 what waits for an address that was taken out goes to the new one, and is not tried on', async () => {
  await fixture.arrive({ version: 6, invoiceEmails: ['rechnung@muster.exmaple'] });
  await queue();
  const taken = fixture.deps.mailer;
  fixture.deps.mailer = { send: () => Promise.reject(new Error('450 4.1.2 Domain not found')) };
  await sendDue(fixture.deps);
  fixture.deps.mailer = taken;
  const { id } = await invoiceMail();
  const view = () => getMessage(fixture.deps, { id }, worker);
  expect(await view()).toMatchObject({ state: 'queued', isOnItsWay: true });
  await expect(resendMessage(fixture.deps, { id }, worker)).rejects.toMatchObject({ type: 'MESSAGE_ON_ITS_WAY' });
  await fixture.arrive({ version: 7, invoiceEmails: ['rechnung@muster.example'] });
  expect(await view()).toMatchObject({ state: 'queued', isOnItsWay: false, resendTo: ['rechnung@muster.example'] });
  // while somebody is at it, its word comes first
  await database.query(
    `update notifications.message set state = 'sending', lease_id = gen_random_uuid() where id = $1`,
    [id],
  );
  expect(await view()).toMatchObject({ isOnItsWay: true });
  await expect(resendMessage(fixture.deps, { id }, worker)).rejects.toMatchObject({ type: 'MESSAGE_ON_ITS_WAY' });
  await database.query(
    `update notifications.message set state = 'queued', lease_id = null, next_at = now() where id = $1`,
    [id],
  );
  const { messages } = await resendMessage(fixture.deps, { id }, worker);
  expect(messages).toMatchObject([{ recipient: 'rechnung@muster.example', state: 'queued', repeatsId: id }]);
  const error = expect.stringContaining('no longer has this address');
  expect(await view()).toMatchObject({ state: 'failed', nextAttemptAt: null, error, resends: 1, isOnItsWay: true });
  while (await sendDue(fixture.deps));
  expect(sent.map(({ to }) => to).filter((to) => to.startsWith('rechnung@'))).toEqual(['rechnung@muster.example']);
  expect(await view()).toMatchObject({ state: 'failed', isOnItsWay: false });
  const told = await database.query(
    `select payload ->> 'outcome' as outcome from messaging.event
     where type = 'notifications.message-delivered.v1' and payload ->> 'messageId' = $1`,
    [id],
  );
  expect(told).toEqual([{ outcome: 'bounced' }]);
});

test('a merchant is told why a mail bounced, and nothing of the mail server of the house', async () => {
  await queue();
  const own = merchantUser(MERCHANT_ID);
  const taken = fixture.deps.mailer;
  fixture.deps.mailer = { send: () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.9:25')) };
  while (await sendDue(fixture.deps));
  fixture.deps.mailer = taken;
  const { id } = await invoiceMail();
  const house = await getMessage(fixture.deps, { id }, worker);
  expect([house.error, house.deliveries[0]!.response]).toEqual(Array(2).fill(expect.stringContaining('ECONNREFUSED')));
  const shown = await getMessage(fixture.deps, { id }, own);
  expect(shown).toMatchObject({ state: 'queued', error: null, deliveries: [{ outcome: 'deferred', response: '' }] });
  expect(JSON.stringify([shown, await list({}, own)])).not.toContain('ECONNREFUSED');
  await database.query(
    `update notifications.message set state = 'bounced', next_at = null, error = '550 5.1.1 No such user' where id = $1`,
    [id],
  );
  expect(await getMessage(fixture.deps, { id }, own)).toMatchObject({ error: '550 5.1.1 No such user' });
});

test('K10 what a merchant owes is in no mail that a lead reads', async () => {
  await queue();
  const mail = await invoiceMail();
  const { id } = mail;
  // what a mail is about never changes, but for a superuser
  await database.query(
    `begin; set local session_replication_role = replica;
     update notifications.message set kind = 'dunningNotice', document_type = null where id = '${id}'; commit`,
  );
  const kinds = async (...roles: Parameters<typeof person>) =>
    (await list({}, person(...roles))).items.map(({ kind }) => kind);
  const { deps } = fixture;
  for (const roles of [['finance'], ['admin'], ['lead', 'finance']] as const) {
    expect(await kinds(...roles)).toContain('dunningNotice');
    expect(await getMessage(deps, { id }, person(...roles))).toMatchObject({ kind: 'dunningNotice' });
  }
  expect(await kinds('lead')).toEqual(['invoiceReady', 'returnInspected', 'returnInspected']);
  expect((await list({ kind: 'dunningNotice' }, person('lead'))).items).toEqual([]);
  const lead = person('lead');
  for (const ask of [
    () => getMessage(deps, { id }, lead),
    () => getMessageSource(deps, { id }, lead),
    () => getMessageAttachment(deps, { id, index: 0 }, lead),
  ])
    await expect(ask()).rejects.toMatchObject({ code: 404, type: 'MESSAGE_NOT_FOUND' });
});
