import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { imapMailbox, SETTLED_FLAG } from '../../../services/notifications/bounces/imap-mailbox.ts';
import { smtpMailer } from '../../../services/notifications/mail/smtp-mailer.ts';
import { getMessage } from '../../../services/notifications/use-cases/get-message.ts';
import { notificationsInvariants } from '../../../services/notifications/persistence/invariants.ts';
import { readBounces } from '../../../services/notifications/use-cases/read-bounces.ts';
import { resendMessage } from '../../../services/notifications/use-cases/resend-message.ts';
import { sendDue } from '../../../services/notifications/use-cases/send-due.ts';
import { checkInvariant } from '../../../shared/persistence/invariants.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { deliveryReport, type ReportFacts } from '../../support/delivery-reports.ts';
import { IMAP_PASSWORD, startImapServer, type ImapServer } from '../../support/imap-server.ts';
import { mailQueue } from '../../support/mail-queue.ts';
import { notificationsFixture, person, type NotificationsFixture } from '../../support/notifications.ts';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';

let database: TestDatabase;
let fixture: NotificationsFixture;
let queue: ReturnType<typeof mailQueue>;
let sink: SmtpSink;
let imap: ImapServer;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await notificationsFixture(database);
  queue = mailQueue(database, fixture);
  sink = await startSmtpSink();
  fixture.deps.mailer = smtpMailer(sink.url);
});
beforeEach(async () => {
  await queue.reset();
  imap = await startImapServer();
  fixture.deps.bounces = mailboxOf();
});
afterEach(() => imap.close());
afterAll(async () => {
  await sink.close();
  await fixture.close();
  await database.drop();
});

const mailboxOf = (deadlineMs = 10_000, url = imap.url) => imapMailbox(url, { now: () => new Date(), deadlineMs });
const row = async () => (await queue.messages())[0]!;
const shown = async () => getMessage(fixture.deps, { id: (await row()).id }, person('finance'));
const outcomes = async () => (await queue.delivered()).map(({ outcome }) => outcome).toSorted();
const sent = async (recipients?: string[]) => {
  await queue.queueInvoice(recipients);
  while (await sendDue(fixture.deps));
  return row();
};
const report = async (facts: ReportFacts = {}) =>
  imap.deliver(deliveryReport({ returnedId: (await row()).message_id_header, ...facts }));
const visits = () =>
  database.query('select error, failing_since is not null as failing from notifications.bounce_mailbox');
const flags = () => imap.mails.map((mail) => [...mail.flags].join(' '));

test('H9 a mail that comes back later is bounced with the reason, told once however often the mailbox is read', async () => {
  await sent();
  await report();
  imap.behaviour = 'dropAtStore';
  expect(await readBounces(fixture.deps)).toBe(0);
  expect(flags()).toEqual(['']);
  imap.behaviour = 'answer';
  // as after a restart
  fixture.deps.bounces = mailboxOf();
  expect(await readBounces(fixture.deps)).toBe(1);
  expect(await readBounces(fixture.deps)).toBe(0);
  expect(flags()).toEqual([SETTLED_FLAG]);
  expect(await shown()).toMatchObject({
    state: 'bounced',
    bounce: { by: 'report', reason: 'unknownAddress', status: '5.1.1' },
    error: '550 5.1.1 <rechnung@muster.example>: Recipient address rejected: User unknown',
    deliveries: [{ outcome: 'sent' }],
    reports: [{ action: 'failed', status: '5.1.1', address: 'rechnung@muster.example' }],
  });
  expect(await outcomes()).toEqual(['bounced', 'sent']);
  const audit = await database.query(
    `select action, after from messaging.audit_entry where action like 'message.%' order by action`,
  );
  expect(audit).toMatchObject([
    { action: 'message.bounced', after: { by: 'report', status: '5.1.1' } },
    { action: 'message.sent' },
  ]);
  expect(await sendDue(fixture.deps)).toBe(0);
});

test('H9 a delay is a note and what arrived elsewhere is no news; giving up after it bounces', async () => {
  await sent();
  await report({ action: 'delayed', status: '4.4.1', diagnostic: 'smtp; 451 4.4.1 no answer' });
  expect(await readBounces(fixture.deps)).toBe(1);
  expect(await shown()).toMatchObject({ state: 'sent', delayNote: '451 4.4.1 no answer', bounce: null });
  const { now } = fixture.clock;
  fixture.clock.now = new Date(now.getTime() + 5 * 86_400_000 - 1);
  expect((await shown()).delayNote).toBe('451 4.4.1 no answer');
  // its server has given up by then, and would have said so
  fixture.clock.now = new Date(now.getTime() + 5 * 86_400_000);
  expect((await shown()).delayNote).toBeNull();
  fixture.clock.now = now;
  await report({ action: 'relayed', status: '2.0.0' });
  expect(await readBounces(fixture.deps)).toBe(1);
  expect(await shown()).toMatchObject({ state: 'sent', delayNote: null, bounce: null });
  expect(await outcomes()).toEqual(['sent']);
  await report({ status: '4.4.7', diagnostic: 'X-Postfix; delivery time expired' });
  await readBounces(fixture.deps);
  expect(await shown()).toMatchObject({ state: 'bounced', delayNote: null, bounce: { reason: 'unreachable' } });
});

const ALIAS = { finalRecipient: 'ole@intern.example', returnedTo: '"M" <Rechnung@muster.example>' };
test.each<[string, string, (header: string) => ReportFacts]>([
  ['of a server that sends nothing back', 'bounced', (header) => ({ returnedId: null, inReplyTo: header })],
  ['of an address that led elsewhere', 'bounced', () => ALIAS],
  ['that names the address in capitals', 'bounced', () => ({ finalRecipient: 'RECHNUNG@MUSTER.EXAMPLE' })],
  ['about another recipient', 'sent', () => ({ finalRecipient: 'chef@muster.example' })],
  [
    'with an id we never gave',
    'sent',
    () => ({ returnedId: '<0199e000-0000-7000-8000-000000000001@fulfiller.example>' }),
  ],
  [
    'about a person’s answer to ours',
    'sent',
    (header) => ({ returnedId: '<answer@muster.example>', inReplyTo: header }),
  ],
  [
    'with an address that led elsewhere, and nothing of ours',
    'sent',
    (header) => ({ ...ALIAS, returnedId: null, inReplyTo: header }),
  ],
])('H9 a report %s leaves the mail %s', async (_what, state, facts) => {
  const { message_id_header: header } = await sent();
  await report(facts(header));
  expect(await readBounces(fixture.deps)).toBe(1);
  expect((await row()).state).toBe(state);
  expect(flags()).toEqual([state === 'bounced' ? SETTLED_FLAG : '']);
});

test('H9 a report that is faster than the word of the sending worker waits for it', async () => {
  await queue.queueInvoice();
  await report();
  expect(await readBounces(fixture.deps)).toBe(0);
  expect((await row()).state).toBe('queued');
  await sendDue(fixture.deps);
  expect(await readBounces(fixture.deps)).toBe(1);
  expect((await row()).state).toBe('bounced');
});

test('H9 what is reported of a mail changes nothing of the one that repeats it; of two recipients the one it names', async () => {
  const { id, message_id_header: header } = await sent(['a@muster.example', 'b@muster.example']);
  await report({ finalRecipient: 'a@muster.example' });
  await readBounces(fixture.deps);
  expect((await queue.messages()).map(({ state }) => state)).toEqual(['bounced', 'sent']);
  await fixture.arrive({ version: 2, invoiceEmails: ['a@muster.example'] });
  const { messages } = await resendMessage(fixture.deps, { id }, person('finance'));
  await sendDue(fixture.deps);
  const again = () => getMessage(fixture.deps, { id: messages[0]!.id }, person('finance'));
  const { messageIdHeader } = await again();
  expect(await again()).toMatchObject({ state: 'sent', bounce: null, error: null });
  await report({ finalRecipient: 'a@muster.example', returnedId: header, reportId: '<second@mx.example>' });
  await readBounces(fixture.deps);
  expect((await again()).state).toBe('sent');
  await report({ finalRecipient: 'a@muster.example', returnedId: messageIdHeader, reportId: '<third@mx.example>' });
  await readBounces(fixture.deps);
  expect((await again()).state).toBe('bounced');
  expect(await outcomes()).toEqual(['bounced', 'bounced', 'sent', 'sent', 'sent']);
});

test('H9 hostile and foreign mails change nothing, stay as they are and hold up no report behind them', async () => {
  const { message_id_header: header } = await sent();
  const good = deliveryReport({ returnedId: header });
  const hostile = [
    `Content-Type: multipart/report; boundary=x\n\n${'x'.repeat(10_000_000)}`,
    'no mail at all',
    '',
    good.replace('multipart/report; report-type=delivery-status', 'multipart/mixed'),
    good.replace('message/delivery-status', 'text/html'),
    `From: ole@muster.example\nIn-Reply-To: ${header}\nContent-Type: text/plain\n\nAction: failed\nFinal-Recipient: rfc822; rechnung@muster.example`,
    good.replaceAll('rechnung@muster.example', "x' or 1=1 --@muster.example"),
    good.replace('Action: failed', 'Action: failed\0'),
    `Content-Type: multipart/report\n${'X: y\n'.repeat(100_000)}`,
    deliveryReport({ returnedId: '<x@shop.example>' }),
    good.replaceAll('rfc822; rechnung', 'rfc822; \0rechnung'),
  ];
  hostile.forEach((mail) => imap.deliver(mail));
  imap.deliver(
    good.replace('5.1.1 <', '\u001b[31m 5.1.1 <').replace('User unknown', `User\0unknown${'!'.repeat(5_000)}`),
  );
  expect(await readBounces(fixture.deps)).toBe(hostile.length + 1);
  expect(await row()).toMatchObject({ state: 'bounced' });
  // eslint-disable-next-line no-control-regex
  expect((await row()).error).toMatch(/^[^\u0000-\u001f]{1000}$/);
  expect(flags()).toEqual([...hostile.map(() => ''), SETTLED_FLAG]);
  const fetched = () => imap.commands.filter((command) => command.startsWith('UID FETCH')).length;
  const before = fetched();
  await readBounces(fixture.deps);
  expect(fetched()).toBe(before);
});

test('H9 of two readers at once one takes a report over', async () => {
  await sent();
  await report();
  const readers = [mailboxOf(), mailboxOf()].map((bounces) => readBounces({ ...fixture.deps, bounces }));
  expect(await Promise.all(readers)).toEqual([1, 1]);
  expect(await outcomes()).toEqual(['bounced', 'sent']);
});

test('H9 where a server keeps no flags of our own a settled report counts as read', async () => {
  imap.keepsKeywords = false;
  await sent();
  await report();
  imap.deliver('Subject: foreign\n\nletter');
  expect(await readBounces(fixture.deps)).toBe(2);
  expect(flags()).toEqual(['\\Seen', '']);
});

test('H9 a report that the database does not take holds up none behind it', async () => {
  await sent();
  await report({ reportId: '<first@mx.example>' });
  await report({ reportId: '<second@mx.example>' });
  await database.query(
    `alter table notifications.delivery_report add constraint no_first check (report_id !~ 'first')`,
  );
  expect(await readBounces(fixture.deps)).toBe(2);
  expect((await row()).state).toBe('bounced');
  expect(flags()).toEqual(['', SETTLED_FLAG]);
  await database.query('alter table notifications.delivery_report drop constraint no_first');
});

test('H9 what a server cannot say in whole signs is kept as whole signs', async () => {
  await sent();
  await report({ diagnostic: `smtp; 550 ${'💶'.repeat(1_000)}` });
  expect(await readBounces(fixture.deps)).toBe(1);
  expect((await row()).error).toMatch(/^550 💶{996}$/u);
});

test('H9 foreign mails and reports that have to wait hold up no other', async () => {
  await sent(['a@muster.example', 'b@muster.example']);
  const [a, b] = await queue.messages();
  await database.query(
    `update notifications.message set state = 'queued', next_at = now() + interval '1 hour' where id = $1`,
    [a!.id],
  );
  for (let index = 0; index < 25; index += 1) {
    await report({ returnedId: a!.message_id_header, finalRecipient: 'a@muster.example' });
    imap.deliver('Subject: foreign\n\nletter');
  }
  await report({ returnedId: b!.message_id_header, finalRecipient: 'b@muster.example' });
  const states = async () => (await queue.messages()).map(({ state }) => state);
  // the next round comes at once as long as one dealt with anything
  while (await readBounces(fixture.deps));
  expect(await states()).toEqual(['queued', 'bounced']);
  await database.query(`update notifications.message set state = 'sent', next_at = null where id = $1`, [a!.id]);
  await readBounces(fixture.deps);
  expect(await states()).toEqual(['bounced', 'bounced']);
});

test('H9 a server that searches or marks nothing is told of, and what is done is neither offered nor done again', async () => {
  await sent(['a@muster.example', 'b@muster.example']);
  const [a, b] = await queue.messages();
  imap.behaviour = 'refuseSearch';
  expect(await readBounces(fixture.deps)).toBe(0);
  expect(await visits()).toEqual([{ error: 'The mailbox for bounces cannot be searched', failing: true }]);
  imap.behaviour = 'refuseStore';
  await report({ returnedId: a!.message_id_header, finalRecipient: 'a@muster.example' });
  const refused = [{ error: 'The mailbox for bounces does not keep what is settled', failing: true }];
  for (let round = 0; round < 3; round += 1) {
    expect(await readBounces(fixture.deps)).toBe(0);
    expect(await visits()).toEqual(refused);
  }
  expect(imap.commands.filter((command) => command.startsWith('UID FETCH'))).toHaveLength(1);
  await report({ returnedId: b!.message_id_header, finalRecipient: 'b@muster.example' });
  expect(await readBounces(fixture.deps)).toBe(0);
  expect((await queue.messages()).map(({ state }) => state)).toEqual(['bounced', 'bounced']);
  imap.behaviour = 'answer';
  expect(await readBounces(fixture.deps)).toBe(0);
  expect(await visits()).toEqual([{ error: null, failing: false }]);
  expect(flags()).toEqual([SETTLED_FLAG, SETTLED_FLAG]);
});

test('H9 a mail that the server cannot hand out holds up none behind it, and is told of where it is the only one', async () => {
  await sent();
  imap.refuseFetch.add(imap.deliver('Subject: damaged\n\nletter').uid);
  await report();
  expect(await readBounces(fixture.deps)).toBe(1);
  expect((await row()).state).toBe('bounced');
  expect(await readBounces(fixture.deps)).toBe(0);
  expect(await visits()).toEqual([{ error: 'The mailbox for bounces answers: this one is damaged', failing: true }]);
  imap.refuseFetch.clear();
  expect(await readBounces(fixture.deps)).toBe(1);
});

test('H9 in a folder that was made anew nothing is known of its mails', async () => {
  const { message_id_header: returnedId } = await sent();
  imap.deliver('Subject: foreign\n\nletter');
  expect(await readBounces(fixture.deps)).toBe(1);
  imap.mails.splice(0);
  imap.newValidity();
  imap.deliver(deliveryReport({ returnedId }));
  expect(await readBounces(fixture.deps)).toBe(1);
  expect((await row()).state).toBe('bounced');
});

test('H9 a mailbox that drips, cuts the line, refuses us or is not there is told of without a secret', async () => {
  const told = async (mailbox = mailboxOf()) => {
    const error = (await mailbox.waiting().catch((thrown: unknown) => thrown)) as Error;
    expect(JSON.stringify([error.message, error.stack, error.cause])).not.toMatch(/ecret|bounces@/);
    expect(await readBounces({ ...fixture.deps, bounces: mailbox })).toBe(0);
    expect(await visits()).toEqual([{ error: error.message, failing: true }]);
    return error.message;
  };
  imap.behaviour = 'dropAtSearch';
  expect(await told()).toMatch(/^The mailbox for bounces/);
  imap.behaviour = 'drip';
  expect(await told(mailboxOf(300))).toBe('The mailbox for bounces did not finish within 300 ms');
  imap.behaviour = 'answer';
  const wrong = imap.url.replace(encodeURIComponent(IMAP_PASSWORD), 'another-secret');
  expect(await told(mailboxOf(10_000, wrong))).toBe('The mailbox for bounces refuses the log-in');
  expect(await readBounces(fixture.deps)).toBe(0);
  expect(await visits()).toEqual([{ error: null, failing: false }]);
  await imap.close();
  expect(await told()).toBe('The mailbox for bounces cannot be read (ECONNREFUSED)');
});

test('H9 what was never confirmed counts as sent once a server reports that it went on, and a delay is told of it, too', async () => {
  await queue.queueInvoice();
  sink.script.push('dropAfterData', 'dropAfterData');
  await sendDue(fixture.deps);
  await queue.dueNow();
  await sendDue(fixture.deps);
  await report({ action: 'delayed', status: '4.4.1', diagnostic: 'smtp; 451 4.4.1 no answer' });
  await readBounces(fixture.deps);
  expect(await shown()).toMatchObject({ state: 'unconfirmed', delayNote: '451 4.4.1 no answer' });
  const at = new Date(fixture.clock.now.getTime() + 3_600_000);
  fixture.clock.now = at;
  await report({ action: 'relayed', status: '2.0.0', diagnostic: 'smtp; 250 2.0.0 taken' });
  await readBounces(fixture.deps);
  expect(await shown()).toMatchObject({ state: 'sent', delayNote: null, error: null, sentAt: at.toISOString() });
  // that it was sent was announced before
  expect(await outcomes()).toEqual(['sent']);
  const audit = await database.query(
    `select after from messaging.audit_entry where action = 'message.sent' order by id`,
  );
  expect(audit.at(-1)).toEqual({ after: { response: '250 2.0.0 taken', status: '2.0.0', by: 'report' } });
  expect(await checkInvariant(fixture.deps, notificationsInvariants, 'I25.sent')).toMatchObject({ count: 0 });
});

test('H9 without a mailbox nothing is read', async () =>
  expect(await readBounces({ ...fixture.deps, bounces: undefined })).toBe(0));
