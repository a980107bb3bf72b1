import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Mailer } from '../../../services/notifications/mail/mailer.ts';
import { smtpMailer } from '../../../services/notifications/mail/smtp-mailer.ts';
import { leaveMails, sendDue } from '../../../services/notifications/use-cases/send-due.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { breakableNetwork, type BreakableNetwork } from '../../support/breakable-network.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { mailQueue } from '../../support/mail-queue.ts';
import { notificationsFixture, type NotificationsFixture } from '../../support/notifications.ts';
import { startDrippingServer, startSmtpSink, type Behaviour, type SmtpSink } from '../../support/smtp-sink.ts';

let database: TestDatabase;
let fixture: NotificationsFixture;
let queue: ReturnType<typeof mailQueue>;
let sink: SmtpSink;
/** Between the service and the database; the test itself looks past it. */
let wire: BreakableNetwork;

beforeAll(async () => {
  database = await createTestDatabase();
  wire = await breakableNetwork(database.url);
  fixture = await notificationsFixture({ ...database, url: wire.url });
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
  await wire.close();
  await database.drop();
});

const NEVER = new Promise<never>(() => undefined);
const CODES: [Behaviour, string][] = [
  [{ at: 'RCPT TO', code: 450 }, 'queued'],
  [{ at: 'MAIL FROM', code: 421 }, 'queued'],
  [{ at: 'DATA', code: 452 }, 'queued'],
  [{ at: 'RCPT TO', code: 550 }, 'bounced'],
  [{ at: 'MAIL FROM', code: 553 }, 'queued'],
  [{ at: 'MAIL FROM', code: 552 }, 'bounced'],
  [{ at: 'DATA', code: 554 }, 'bounced'],
];
test.each(CODES)('H9 fault 17: an answer %j makes a message %s', async (behaviour, state) => {
  await queue.queueInvoice();
  sink.script.push(behaviour);
  await sendDue(fixture.deps);
  const [row] = await queue.messages();
  expect(row).toMatchObject({ state, attempts: 1 });
  expect(row!.error).toMatch(/^4\d\d |^5\d\d /);
  await queue.dueNow();
  expect(await sendDue(fixture.deps)).toBe(state === 'queued' ? 1 : 0);
  expect((await queue.messages())[0]).toMatchObject(
    state === 'queued' ? { state: 'sent', attempts: 2 } : { state, attempts: 1 },
  );
  expect((await queue.attempts()).map(({ outcome }) => outcome)).toEqual(
    state === 'queued' ? ['deferred', 'sent'] : ['bounced'],
  );
  expect(await queue.delivered()).toHaveLength(1);
});

test('a temporary refusal waits a minute, then two, then four', async () => {
  await queue.queueInvoice();
  for (const wait of [60, 120, 240]) {
    sink.script.push({ at: 'RCPT TO', code: 451 });
    await sendDue(fixture.deps);
    const [row] = await queue.messages();
    expect(row!.wait).toBeGreaterThan(wait - 5);
    expect(row!.wait).toBeLessThanOrEqual(wait);
    expect(await sendDue(fixture.deps)).toBe(0);
    await queue.dueNow();
  }
});

test('H9 fault 15: a connection that is cut before the answer is tried again under the same Message-ID, byte for byte', async () => {
  await queue.queueInvoice();
  sink.script.push('dropAfterData');
  await sendDue(fixture.deps);
  const [row] = await queue.messages();
  expect(row).toMatchObject({ state: 'queued', attempts: 1 });
  // the copy is the last one, and whatever ails the server ails it for a while
  expect(row!.wait).toBeGreaterThan(3_590);
  await queue.dueNow();
  await sendDue(fixture.deps);
  expect((await queue.messages())[0]).toMatchObject({ state: 'sent', attempts: 2 });
  const [first, second] = sink.mails;
  expect(sink.mails).toHaveLength(2);
  expect(second!.parsed.messageId).toBe(first!.parsed.messageId);
  expect(second!.source.equals(first!.source)).toBe(true);
});

test('H9 fault 15: a server that never answers the content has it twice and never again; who reads it is told', async () => {
  await queue.queueInvoice();
  sink.script.push('dropAfterData', { acceptsAfter: NEVER });
  await sendDue(fixture.deps);
  expect(await queue.delivered()).toEqual([]);
  await queue.dueNow();
  fixture.deps.mailer = smtpMailer(sink.url, { answerMs: 200 });
  await sendDue(fixture.deps);
  const unconfirmed = { state: 'unconfirmed', attempts: 2, wait: null, sent_at: null };
  const error = 'The mail server did not answer the content within 200 ms';
  expect(await queue.messages()).toMatchObject([{ ...unconfirmed, error }]);
  expect((await queue.attempts()).map(({ outcome }) => outcome)).toEqual(['unanswered', 'unconfirmed']);
  await queue.dueNow();
  expect(await sendDue(fixture.deps)).toBe(0);
  expect(sink.mails).toHaveLength(2);
  // it is no bounce: it was handed over
  expect((await queue.delivered()).map(({ outcome }) => outcome)).toEqual(['sent']);
  const audit = await database.query(`select action from messaging.audit_entry where entity = 'message'`);
  expect(audit).toEqual([{ action: 'message.unconfirmed' }]);
});

test('H9 fault 15: a server that answers the content late has it once, and holds up no other mail', async () => {
  await queue.queueInvoice(['a@muster.example']);
  fixture.deps.mailer = smtpMailer(sink.url, { deadlineMs: 400 });
  const answer = Promise.withResolvers<void>();
  sink.script.push({ acceptsAfter: answer.promise });
  // its lease would end long before the answer if nobody prolonged it
  expect(await sendDue(fixture.deps, { patienceMs: 300, leaseMs: 200 })).toBe(1);
  expect(await queue.messages()).toMatchObject([{ state: 'sending', attempts: 1 }]);
  await queue.queueInvoice(['b@muster.example'], SMALL, { invoiceId: uuidOf('another invoice') });
  expect(await sendDue(fixture.deps)).toBe(1);
  await sleep(400);
  expect(await sendDue(fixture.deps)).toBe(0);
  expect((await queue.messages()).map(({ state }) => state)).toEqual(['sending', 'sent']);
  answer.resolve();
  await Promise.all(fixture.deps.open);
  expect(await queue.messages()).toMatchObject(Array(2).fill({ state: 'sent', attempts: 1 }));
  expect(sink.mails.map(({ to }) => to)).toEqual([['a@muster.example'], ['b@muster.example']]);
});

test('H9 fault 15: a process that ends notes the mail whose answer it did not wait for, so the next sends one copy only', async () => {
  await queue.queueInvoice(['a@muster.example', 'b@muster.example']);
  const deps = processOf(fixture);
  sink.script.push({ acceptsAfter: sleep(500) }, { acceptsAfter: NEVER });
  const round = sendDue(deps);
  while (sink.mails.length < 2) await sleep(20);
  await leaveMails(deps, 1_500);
  expect(await round).toBe(2);
  const [left, taken] = (await queue.messages()).toSorted((a, b) => a.state.localeCompare(b.state));
  const error = 'Kontor was stopped before the mail server had answered';
  expect([left, taken]).toMatchObject([
    { state: 'queued', attempts: 1, error },
    { state: 'sent', attempts: 1 },
  ]);
  expect(left!.wait).toBeGreaterThan(3_590);
  await queue.dueNow();
  sink.script.push({ acceptsAfter: NEVER });
  await sendDue({ ...processOf(fixture), mailer: smtpMailer(sink.url, { answerMs: 200 }) });
  expect((await queue.messages()).map(({ state }) => state).toSorted()).toEqual(['sent', 'unconfirmed']);
  expect((await queue.attempts()).map(({ outcome }) => outcome)).toEqual(['sent', 'unanswered', 'unconfirmed']);
  expect(sink.mails).toHaveLength(3);
});

test('H9 fault 15: what a process that ends had not handed over is tried as if nothing had been', async () => {
  const dripping = await startDrippingServer(50);
  await queue.queueInvoice(['a@muster.example']);
  const deps = { ...processOf(fixture), mailer: smtpMailer(dripping.url) };
  const round = sendDue(deps);
  await untilSending();
  await leaveMails(deps, 200);
  expect(await round).toBe(1);
  expect((await queue.attempts()).map(({ outcome }) => outcome)).toEqual(['deferred']);
  expect((await queue.messages())[0]!.wait).toBeLessThanOrEqual(60);
  await dripping.close();
  // it ends while it takes up more
  await queue.dueNow();
  await sendDue({ ...deps, mailer: smtpMailer(sink.url) });
  expect(sink.mails).toEqual([]);
  await queue.dueNow();
  await sendDue(fixture.deps);
  expect(await queue.messages()).toMatchObject([{ state: 'sent', attempts: 3 }]);
});

test('H9 fault 16: a server that drips is left at the deadline, and others are not held up', async () => {
  const dripping = await startDrippingServer(50);
  const slow = smtpMailer(dripping.url, { deadlineMs: 700 });
  const fast = smtpMailer(sink.url);
  await queue.queueInvoice(['a@muster.example', 'b@muster.example']);
  fixture.deps.mailer = { send: (mail) => (mail.to.startsWith('a@') ? slow : fast).send(mail) };
  const began = Date.now();
  await sendDue(fixture.deps);
  expect(Date.now() - began).toBeLessThan(3_000);
  const [a, b] = await queue.messages();
  expect(a).toMatchObject({ state: 'queued', attempts: 1, error: expect.stringContaining('700 ms') });
  expect(b).toMatchObject({ state: 'sent' });
  await dripping.close();
});

test('H9 fault 14: while no server listens 200 mails wait, and once it is up each is sent once', async () => {
  const recipients = addresses(200);
  await queue.queueInvoice(recipients, SMALL);
  await sink.close();
  await sendAll();
  expect((await queue.messages()).map(({ state, attempts: count }) => [state, count])).toEqual(
    Array(200).fill(['queued', 1]),
  );
  expect(await queue.delivered()).toEqual([]);
  sink = await startSmtpSink({ port: sink.port });
  await queue.dueNow();
  await sendAll();
  expect(sink.mails.flatMap(({ to }) => to).toSorted()).toEqual(recipients);
  expect((await queue.messages()).map(({ state }) => state)).toEqual(Array(200).fill('sent'));
});

test('H9 fault 15: every fifth of 500 mails is taken without an answer: none is lost, no more come twice than were cut', async () => {
  const recipients = addresses(500);
  await queue.queueInvoice(recipients, SMALL);
  sink.script.push(
    ...recipients.map((_, index) => (index % 5 === 0 ? ('dropAfterData' as const) : ('accept' as const))),
  );
  for (let round = 0; round < 2; round += 1) {
    await sendAll();
    await queue.dueNow();
  }
  const byRecipient = Map.groupBy(sink.mails, ({ to }) => to[0]!);
  expect([...byRecipient.keys()].toSorted()).toEqual(recipients);
  const twice = [...byRecipient.values()].filter((mails) => mails.length > 1);
  expect(twice).toHaveLength(100);
  expect(sink.mails).toHaveLength(600);
  for (const mails of twice) expect(new Set(mails.map(({ parsed }) => parsed.messageId)).size).toBe(1);
  expect(new Set(sink.mails.map(({ parsed }) => parsed.messageId)).size).toBe(500);
  const rows = await queue.messages();
  expect(rows.map(({ state }) => state)).toEqual(Array(500).fill('sent'));
  expect(rows.filter(({ attempts }) => attempts === 2)).toHaveLength(100);
  expect(await queue.delivered()).toHaveLength(500);
});

test('two workers never hold the same mail, and one that slept past its lease changes nothing', async () => {
  await queue.queueInvoice();
  let wake: () => void = () => undefined;
  const asleep = new Promise<void>((resolve) => (wake = resolve));
  const sleepy: Mailer = { send: () => asleep.then(() => 'too late') };
  const first = sendDue({ ...fixture.deps, mailer: sleepy });
  await untilSending();
  expect(await sendDue(fixture.deps)).toBe(0);
  await queue.dueNow();
  expect(await sendDue(fixture.deps)).toBe(1);
  wake();
  await first;
  expect((await queue.messages())[0]).toMatchObject({
    state: 'sent',
    attempts: 2,
    smtp_response: expect.not.stringContaining('late'),
  });
  expect(await queue.delivered()).toHaveLength(1);
});

test('H9 fault 11: an answer that came while the database was away is written once it is back, and nothing goes out twice', async () => {
  await queue.queueInvoice(['a@muster.example', 'b@muster.example']);
  const { send } = smtpMailer(sink.url);
  // both servers have taken theirs, and nothing can be written
  fixture.deps.mailer = { send: async (mail) => send(mail).finally(() => wire.cut()) };
  const round = sendDue(fixture.deps, { leaseMs: 3_000 });
  while (sink.mails.length < 2) await sleep(20);
  await sleep(1_000);
  expect((await queue.messages()).map(({ state }) => state)).toEqual(['sending', 'sending']);
  await wire.mend();
  expect(await round).toBe(2);
  expect(await queue.messages()).toMatchObject(Array(2).fill({ state: 'sent', attempts: 1 }));
  expect((await queue.attempts()).map(({ outcome }) => outcome)).toEqual(['sent', 'sent']);
  expect(await queue.delivered()).toHaveLength(2);
  await sleep(2_500);
  expect(await sendDue(fixture.deps)).toBe(0);
  expect(sink.mails).toHaveLength(2);
});

test('a process that ends while the database is away does not wait for it', async () => {
  await queue.queueInvoice(['a@muster.example']);
  const { send } = smtpMailer(sink.url);
  const mailer: Mailer = { send: async (mail) => send(mail).finally(() => wire.cut()) };
  const deps = { ...processOf(fixture), mailer };
  const round = sendDue(deps);
  while (!sink.mails.length) await sleep(20);
  const began = Date.now();
  await leaveMails(deps, 300);
  expect(Date.now() - began).toBeLessThan(2_000);
  await expect(round).rejects.toMatchObject({ type: 'DATABASE_UNAVAILABLE' });
  await wire.mend();
  expect(await queue.messages()).toMatchObject([{ state: 'sending', attempts: 1 }]);
});

test('a file that cannot be read now is tried again, and given up after five days', async () => {
  await queue.queueInvoice();
  // while nobody tried it, as when the product was down for days
  await database.query(`update notifications.message set queued_at = now() - interval '6 days'`);
  const store = { ...fixture.deps.store, read: () => Promise.reject(new Error('away')) };
  await sendDue({ ...fixture.deps, store });
  expect((await queue.messages())[0]).toMatchObject({ state: 'queued', error: 'away' });
  await database.query(`update notifications.message set next_at = now(), queued_at = now() - interval '5 days'`);
  await sendDue({ ...fixture.deps, store });
  expect((await queue.messages())[0]).toMatchObject({ state: 'failed', attempts: 2 });
});

/** One of several over the same database. */
const processOf = ({ deps }: NotificationsFixture): NotificationsFixture['deps'] => ({
  ...deps,
  open: new Set(),
  leaving: new AbortController(),
});

/** As many processes would. */
const sendAll = async () => {
  const workers = Array.from({ length: 8 }, async () => {
    while (await sendDue(fixture.deps));
  });
  await Promise.all(workers);
};
const SMALL = Buffer.from('%PDF-1.7 small');
const addresses = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `r${String(index).padStart(3, '0')}@muster.example`);

async function untilSending(): Promise<void> {
  while (!(await queue.messages()).some(({ state }) => state === 'sending'))
    await new Promise((resolve) => setTimeout(resolve, 20));
}
