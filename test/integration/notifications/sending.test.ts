import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import sharp from 'sharp';
import { mailFolder } from '../../../services/notifications/mail/mail-folder.ts';
import { smtpMailer } from '../../../services/notifications/mail/smtp-mailer.ts';
import { resendMessage } from '../../../services/notifications/use-cases/resend-message.ts';
import { sendDue } from '../../../services/notifications/use-cases/send-due.ts';
import { returnInspectedV1 } from '../../../shared/protocol/returns/events.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { mailQueue, PDF } from '../../support/mail-queue.ts';
import { inspected, inspectedItem, photo, ready } from '../../support/mail-samples.ts';
import { notificationsFixture, worker, type NotificationsFixture } from '../../support/notifications.ts';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';

let database: TestDatabase;
let fixture: NotificationsFixture;
let queue: ReturnType<typeof mailQueue>;
let sink: SmtpSink;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await notificationsFixture(database);
  queue = mailQueue(database, fixture);
});
beforeEach(async () => {
  await queue.reset();
  sink = await startSmtpSink();
  fixture.deps.mailer = smtpMailer(sink.url);
});
afterEach(() => sink.close());
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

test('an invoice goes out with its PDF byte for byte, with a plain envelope and headers', async () => {
  await queue.queueInvoice();
  expect(await sendDue(fixture.deps)).toBe(1);
  const [mail] = sink.mails;
  expect(mail).toMatchObject({ from: 'kontor@fulfiller.example', to: ['rechnung@muster.example'] });
  const { parsed, source } = mail!;
  expect(parsed.from?.value).toEqual([{ name: 'Muster Fulfillment GmbH', address: 'kontor@fulfiller.example' }]);
  expect(parsed.subject).toBe('Rechnung RE-2026-00123 von Muster Fulfillment GmbH');
  expect(parsed.date).toEqual(fixture.clock.now);
  expect(parsed.attachments).toHaveLength(1);
  expect(parsed.attachments[0]).toMatchObject({
    filename: 'Rechnung RE-2026-00123 (Oktober).pdf',
    contentType: 'application/pdf',
    contentDisposition: 'attachment',
  });
  expect(parsed.attachments[0]!.content.equals(PDF)).toBe(true);
  expect(parsed.text).toContain('1.469,13');
  expect(parsed.html).toContain('1.469,13');
  const [row] = await queue.messages();
  expect(row).toMatchObject({ state: 'sent', attempts: 1, error: null, message_id_header: parsed.messageId });
  expect(String(source).match(/^(from|to|subject|message-id|date):/gim)).toHaveLength(5);
  expect(await queue.delivered()).toEqual([{ outcome: 'sent', documentId: ready().invoiceId }]);
  expect(await sendDue(fixture.deps)).toBe(0);
});

test('the pictures of a return travel inside the mail and every picture in the text resolves', async () => {
  const picture = await sharp({ create: { width: 320, height: 240, channels: 3, background: '#a33' } })
    .jpeg()
    .toBuffer();
  const { sha256 } = await fixture.deps.store.putContent('photos', picture, 'jpg');
  await fixture.arrive({ version: 50, noticeEmails: ['retouren@muster.example'] });
  const items = [inspectedItem({ photos: [photo(1, sha256), photo(2, sha256)] })];
  await fixture.announce(returnInspectedV1, inspected({ items, photos: [photo(3, sha256)] }));
  await fixture.consumeAll();
  await sendDue(fixture.deps);
  // the parser has put each picture it could resolve in the place of its cid
  const { html, attachments } = sink.mails[0]!.parsed;
  expect(attachments.map(({ related, contentType }) => [related, contentType])).toEqual(
    Array(3).fill([true, 'image/jpeg']),
  );
  expect(String(html)).not.toContain('cid:');
  expect(String(html).match(/src="data:image\/jpeg;base64,[^"]+"/g)).toEqual(
    Array(3).fill(`src="data:image/jpeg;base64,${picture.toString('base64')}"`),
  );
});

test('H9 an invoice is mailed once per recipient whatever is repeated, a bounce is visible, a resend is logged', async () => {
  const recipients = Array.from({ length: 12 }, (_, index) => `r${index}@muster.example`);
  await queue.queueInvoice(recipients);
  await queue.queueInvoice(recipients);
  sink.script.push({ at: 'RCPT TO', code: 550 });
  const workers = Array.from({ length: 4 }, async () => {
    while (await sendDue(fixture.deps));
  });
  await Promise.all(workers);
  const arrived = sink.mails.flatMap(({ to }) => to);
  expect(new Set(arrived).size).toBe(11);
  expect(arrived).toHaveLength(11);
  const bounced = (await queue.messages()).filter(({ state }) => state === 'bounced');
  expect(bounced).toMatchObject([{ attempts: 1, error: expect.stringMatching(/^550 /), wait: null, sent_at: null }]);
  expect((await queue.delivered()).map(({ outcome }) => outcome).toSorted()).toEqual([
    'bounced',
    ...Array(11).fill('sent'),
  ]);
  expect(await queue.attempts()).toHaveLength(12);
  fixture.clock.now = new Date('2026-10-31T20:00:01Z');
  // the merchant has another address by now
  await fixture.arrive({ version: 2, invoiceEmails: ['neu@muster.example'] });
  await resendMessage(fixture.deps, { id: bounced[0]!.id }, { ...worker, kind: 'user', id: 'finance-1' });
  fixture.clock.now = new Date('2026-10-31T20:00:02Z');
  expect(await sendDue(fixture.deps)).toBe(1);
  const all = await queue.messages();
  const again = all.find(({ repeats_id }) => repeats_id === bounced[0]!.id)!;
  expect(all.find(({ id }) => id === bounced[0]!.id)).toMatchObject({ state: 'bounced', attempts: 1, resends: 1 });
  expect(again).toMatchObject({ state: 'sent', attempts: 1, resends: 0, error: null, recipient: 'neu@muster.example' });
  expect(sink.mails.at(-1)).toMatchObject({ to: [again.recipient], parsed: { messageId: again.message_id_header } });
  expect(again.message_id_header).not.toBe(bounced[0]!.message_id_header);
  expect(again.html).toBe(bounced[0]!.html);
  expect((await queue.attempts()).filter(({ message_id }) => message_id === again.id)).toMatchObject([
    { outcome: 'sent', message_id_header: again.message_id_header },
  ]);
  const audit = `select action, actor_id from messaging.audit_entry where entity_id = any($1) order by id`;
  const entries = await database.query(audit, [[bounced[0]!.id, again.id]]);
  expect(entries.map(({ action, actor_id }) => [action, actor_id])).toEqual([
    ['message.bounced', 'notifications'],
    ['message.resent', 'finance-1'],
    ['message.sent', 'notifications'],
  ]);
});

test('a file that is not the one that was announced never leaves', async () => {
  await queue.queueInvoice();
  const store = { ...fixture.deps.store, read: () => Promise.resolve(Buffer.from('%PDF another')) };
  await sendDue({ ...fixture.deps, store });
  expect((await queue.messages())[0]).toMatchObject({ state: 'failed', error: expect.stringContaining('not the one') });
  expect(sink.mails).toEqual([]);
  expect((await queue.delivered()).map(({ outcome }) => outcome)).toEqual(['bounced']);
});

test('without a mail server each mail is a whole file that reads back the same', async () => {
  const folder = path.join(fixture.folder, 'mail');
  fixture.deps.mailer = mailFolder(folder);
  await queue.queueInvoice();
  await sendDue(fixture.deps);
  const [row] = await queue.messages();
  expect(row).toMatchObject({ state: 'sent' });
  const names = await fs.readdir(folder);
  expect(names).toEqual([`2026-10-31-invoiceReady-rechnung@muster.example-${row!.message_id_header.slice(1, 37)}.eml`]);
  const parsed = await simpleParser(await fs.readFile(path.join(folder, names[0]!)));
  expect(parsed.messageId).toBe(row!.message_id_header);
  expect(parsed.attachments[0]!.content.equals(PDF)).toBe(true);
});

test('user and password of the URL are used; a wrong one bounces nothing', async () => {
  const guarded = await startSmtpSink({ user: 'us@er' });
  await queue.queueInvoice();
  const as = (password: string) => guarded.url.replace('//', `//us%40er:${encodeURIComponent(password)}@`);
  fixture.deps.mailer = smtpMailer(as('wrong'));
  await sendDue(fixture.deps);
  expect((await queue.messages())[0]).toMatchObject({ state: 'queued', error: expect.stringMatching(/^535 /) });
  fixture.deps.mailer = smtpMailer(as('s:ecret/%'));
  await queue.dueNow();
  await sendDue(fixture.deps);
  expect((await queue.messages())[0]).toMatchObject({ state: 'sent' });
  await guarded.close();
});
