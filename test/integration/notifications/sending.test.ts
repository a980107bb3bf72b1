import fs from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import sharp from 'sharp';
import { mailFolder } from '../../../services/notifications/mail/mail-folder.ts';
import type { Mailer } from '../../../services/notifications/mail/mailer.ts';
import { smtpMailer } from '../../../services/notifications/mail/smtp-mailer.ts';
import { resendMessage } from '../../../services/notifications/use-cases/resend-message.ts';
import { sendDue } from '../../../services/notifications/use-cases/send-due.ts';
import { invoiceDocumentReadyV1 } from '../../../shared/protocol/billing/events.ts';
import { returnInspectedV1 } from '../../../shared/protocol/returns/events.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { inspected, inspectedItem, photo, ready } from '../../support/mail-samples.ts';
import { notificationsFixture, worker, type NotificationsFixture } from '../../support/notifications.ts';
import { startDrippingServer, startSmtpSink, type Behaviour, type SmtpSink } from '../../support/smtp-sink.ts';

let database: TestDatabase;
let fixture: NotificationsFixture;
let sink: SmtpSink;
let pdf: Buffer;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await notificationsFixture(database);
  pdf = Buffer.concat([
    Buffer.from('%PDF-1.7\r\n.\r\n..\n'),
    Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 7) % 256)),
  ]);
});
beforeEach(async () => {
  await database.query(`truncate messaging.event, messaging.delivery, notifications.message, notifications.attempt,
    messaging.audit_entry cascade`);
  fixture.clock.now = new Date('2026-10-31T20:00:00Z');
  sink = await startSmtpSink();
  fixture.deps.mailer = smtpMailer(sink.url);
});
afterEach(() => sink.close());
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

interface Row {
  id: string;
  recipient: string;
  html: string;
  state: string;
  attempts: number;
  resends: number;
  error: string | null;
  smtp_response: string | null;
  message_id_header: string;
  wait: number | null;
  sent_at: Date | null;
}
const messages = () =>
  database.query<Row>(`select *, extract(epoch from next_at - clock_timestamp())::float as wait
    from notifications.message order by recipient`);
const delivered = () =>
  database.query<{
    outcome: string;
    documentId: string;
  }>(`select payload ->> 'outcome' as outcome, payload ->> 'documentId' as "documentId"
    from messaging.event where type = 'notifications.message-delivered.v1' order by id`);
const attempts = () =>
  database.query<{ outcome: string; message_id: string }>('select * from notifications.attempt order by recorded_at');
const dueNow = () =>
  database.query(`update notifications.message set next_at = now() where state in ('queued', 'sending')`);

/** An invoice whose PDF is in the store, queued for one recipient. */
async function queueInvoice(recipients = ['rechnung@muster.example']): Promise<void> {
  const stored = await fixture.deps.store.putContent('invoices', pdf, 'pdf');
  await database.query('truncate notifications.merchant_ref');
  await fixture.arrive({ invoiceEmails: recipients });
  const { key: objectKey, sha256, bytes } = stored;
  await fixture.announce(
    invoiceDocumentReadyV1,
    ready({ pdf: { objectKey, sha256, bytes, filename: 'Rechnung RE-2026-00123 (Oktober).pdf' } }),
  );
  await fixture.consumeAll();
}

test('an invoice goes out with its PDF byte for byte, with a plain envelope and headers', async () => {
  await queueInvoice();
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
  expect(parsed.attachments[0]!.content.equals(pdf)).toBe(true);
  expect(parsed.text).toContain('1.469,13');
  expect(parsed.html).toContain('1.469,13');
  const [row] = await messages();
  expect(row).toMatchObject({ state: 'sent', attempts: 1, error: null, message_id_header: parsed.messageId });
  expect(String(source).match(/^(from|to|subject|message-id|date):/gim)).toHaveLength(5);
  expect(await delivered()).toEqual([{ outcome: 'sent', documentId: ready().invoiceId }]);
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
  await queueInvoice(recipients);
  await queueInvoice(recipients);
  sink.script.push({ at: 'RCPT TO', code: 550 });
  const workers = Array.from({ length: 4 }, async () => {
    while (await sendDue(fixture.deps));
  });
  await Promise.all(workers);
  const arrived = sink.mails.flatMap(({ to }) => to);
  expect(new Set(arrived).size).toBe(11);
  expect(arrived).toHaveLength(11);
  const bounced = (await messages()).filter(({ state }) => state === 'bounced');
  expect(bounced).toMatchObject([{ attempts: 1, error: expect.stringMatching(/^550 /), wait: null, sent_at: null }]);
  expect((await delivered()).map(({ outcome }) => outcome).toSorted()).toEqual(['bounced', ...Array(11).fill('sent')]);
  expect(await attempts()).toHaveLength(12);
  fixture.clock.now = new Date('2026-10-31T20:00:01Z');
  await resendMessage(fixture.deps, { id: bounced[0]!.id }, { ...worker, kind: 'user', id: 'finance-1' });
  fixture.clock.now = new Date('2026-10-31T20:00:02Z');
  expect(await sendDue(fixture.deps)).toBe(1);
  const [again] = (await messages()).filter(({ id }) => id === bounced[0]!.id);
  expect(again).toMatchObject({ state: 'sent', attempts: 1, resends: 1, error: null });
  expect(sink.mails.at(-1)).toMatchObject({ to: [again!.recipient], parsed: { messageId: again!.message_id_header } });
  expect(again!.message_id_header).not.toBe(bounced[0]!.message_id_header);
  expect(again!.html).toBe(bounced[0]!.html);
  expect((await attempts()).filter(({ message_id }) => message_id === again!.id)).toMatchObject([
    { outcome: 'bounced', message_id_header: bounced[0]!.message_id_header },
    { outcome: 'sent', message_id_header: again!.message_id_header },
  ]);
  const audit = `select action, actor_id from messaging.audit_entry where entity_id = $1 order by id`;
  expect((await database.query(audit, [again!.id])).map(({ action, actor_id }) => [action, actor_id])).toEqual([
    ['message.bounced', 'notifications'],
    ['message.resent', 'finance-1'],
    ['message.sent', 'notifications'],
  ]);
});

const CODES: [Behaviour, string][] = [
  [{ at: 'RCPT TO', code: 450 }, 'queued'],
  [{ at: 'MAIL FROM', code: 421 }, 'queued'],
  [{ at: 'DATA', code: 452 }, 'queued'],
  [{ at: 'RCPT TO', code: 550 }, 'bounced'],
  [{ at: 'MAIL FROM', code: 553 }, 'bounced'],
  [{ at: 'DATA', code: 554 }, 'bounced'],
];
test.each(CODES)('an answer %j makes a message %s', async (behaviour, state) => {
  await queueInvoice();
  sink.script.push(behaviour);
  await sendDue(fixture.deps);
  const [row] = await messages();
  expect(row).toMatchObject({ state, attempts: 1 });
  expect(row!.error).toMatch(/^4\d\d |^5\d\d /);
  await dueNow();
  expect(await sendDue(fixture.deps)).toBe(state === 'queued' ? 1 : 0);
  expect((await messages())[0]).toMatchObject(
    state === 'queued' ? { state: 'sent', attempts: 2 } : { state, attempts: 1 },
  );
  expect((await attempts()).map(({ outcome }) => outcome)).toEqual(
    state === 'queued' ? ['deferred', 'sent'] : ['bounced'],
  );
  expect(await delivered()).toHaveLength(1);
});

test('a temporary refusal waits a minute, then two, then four', async () => {
  await queueInvoice();
  for (const wait of [60, 120, 240]) {
    sink.script.push({ at: 'RCPT TO', code: 451 });
    await sendDue(fixture.deps);
    const [row] = await messages();
    expect(row!.wait).toBeGreaterThan(wait - 5);
    expect(row!.wait).toBeLessThanOrEqual(wait);
    expect(await sendDue(fixture.deps)).toBe(0);
    await dueNow();
  }
});

test('a connection that is cut before the answer is tried again under the same Message-ID, byte for byte', async () => {
  await queueInvoice();
  sink.script.push('dropAfterData');
  await sendDue(fixture.deps);
  expect((await messages())[0]).toMatchObject({ state: 'queued', attempts: 1 });
  await dueNow();
  await sendDue(fixture.deps);
  expect((await messages())[0]).toMatchObject({ state: 'sent', attempts: 2 });
  const [first, second] = sink.mails;
  expect(sink.mails).toHaveLength(2);
  expect(second!.parsed.messageId).toBe(first!.parsed.messageId);
  expect(second!.source.equals(first!.source)).toBe(true);
});

test('a server that drips is left at the deadline, and others are not held up', async () => {
  const dripping = await startDrippingServer(50);
  const slow = smtpMailer(dripping.url, { deadlineMs: 700 });
  const fast = smtpMailer(sink.url);
  await queueInvoice(['a@muster.example', 'b@muster.example']);
  fixture.deps.mailer = { send: (mail) => (mail.to.startsWith('a@') ? slow : fast).send(mail) };
  const began = Date.now();
  await sendDue(fixture.deps);
  expect(Date.now() - began).toBeLessThan(3_000);
  const [a, b] = await messages();
  expect(a).toMatchObject({ state: 'queued', attempts: 1, error: expect.stringContaining('700 ms') });
  expect(b).toMatchObject({ state: 'sent' });
  await dripping.close();
});

test('while no server listens mails wait, and once it is up each is sent once', async () => {
  await queueInvoice(['a@muster.example', 'b@muster.example', 'c@muster.example']);
  await sink.close();
  for (let round = 0; round < 2; round += 1) {
    await dueNow();
    await sendDue(fixture.deps);
  }
  expect((await messages()).map(({ state, attempts: count }) => [state, count])).toEqual(Array(3).fill(['queued', 2]));
  sink = await startSmtpSink({ port: sink.port });
  await dueNow();
  while (await sendDue(fixture.deps));
  expect(sink.mails.flatMap(({ to }) => to).toSorted()).toEqual([
    'a@muster.example',
    'b@muster.example',
    'c@muster.example',
  ]);
  expect((await messages()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
});

test('user and password of the URL are used; a wrong one bounces nothing', async () => {
  const guarded = await startSmtpSink({ user: 'us@er' });
  await queueInvoice();
  const as = (password: string) => guarded.url.replace('//', `//us%40er:${encodeURIComponent(password)}@`);
  fixture.deps.mailer = smtpMailer(as('wrong'));
  await sendDue(fixture.deps);
  expect((await messages())[0]).toMatchObject({ state: 'queued', error: expect.stringMatching(/^535 /) });
  fixture.deps.mailer = smtpMailer(as('s:ecret/%'));
  await dueNow();
  await sendDue(fixture.deps);
  expect((await messages())[0]).toMatchObject({ state: 'sent' });
  await guarded.close();
});

test('two workers never hold the same mail, and one that slept past its lease changes nothing', async () => {
  await queueInvoice();
  let wake: () => void = () => undefined;
  const asleep = new Promise<void>((resolve) => (wake = resolve));
  const sleepy: Mailer = { send: () => asleep.then(() => 'too late') };
  const first = sendDue({ ...fixture.deps, mailer: sleepy });
  await untilSending();
  expect(await sendDue(fixture.deps)).toBe(0);
  await dueNow();
  expect(await sendDue(fixture.deps)).toBe(1);
  wake();
  await first;
  expect((await messages())[0]).toMatchObject({
    state: 'sent',
    attempts: 2,
    smtp_response: expect.not.stringContaining('late'),
  });
  expect(await delivered()).toHaveLength(1);
});

test('a file that is not the one that was announced never leaves', async () => {
  await queueInvoice();
  const store = { ...fixture.deps.store, read: () => Promise.resolve(Buffer.from('%PDF another')) };
  await sendDue({ ...fixture.deps, store });
  expect((await messages())[0]).toMatchObject({ state: 'failed', error: expect.stringContaining('not the one') });
  expect(sink.mails).toEqual([]);
  expect((await delivered()).map(({ outcome }) => outcome)).toEqual(['bounced']);
});

test('a file that cannot be read now is tried again, and given up after five days', async () => {
  await queueInvoice();
  const store = { ...fixture.deps.store, read: () => Promise.reject(new Error('away')) };
  await sendDue({ ...fixture.deps, store });
  expect((await messages())[0]).toMatchObject({ state: 'queued', error: 'away' });
  await database.query(`update notifications.message set next_at = now(), queued_at = now() - interval '5 days'`);
  await sendDue({ ...fixture.deps, store });
  expect((await messages())[0]).toMatchObject({ state: 'failed', attempts: 2 });
});

test('without a mail server each mail is a whole file that reads back the same', async () => {
  const folder = path.join(fixture.folder, 'mail');
  fixture.deps.mailer = mailFolder(folder);
  await queueInvoice();
  await sendDue(fixture.deps);
  const [row] = await messages();
  expect(row).toMatchObject({ state: 'sent' });
  const names = await fs.readdir(folder);
  expect(names).toEqual([`2026-10-31-invoiceReady-rechnung@muster.example-${row!.message_id_header.slice(1, 37)}.eml`]);
  const parsed = await simpleParser(await fs.readFile(path.join(folder, names[0]!)));
  expect(parsed.messageId).toBe(row!.message_id_header);
  expect(parsed.attachments[0]!.content.equals(pdf)).toBe(true);
});

async function untilSending(): Promise<void> {
  while (!(await messages()).some(({ state }) => state === 'sending'))
    await new Promise((resolve) => setTimeout(resolve, 20));
}
