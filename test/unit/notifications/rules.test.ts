import { expect, test } from '@jest/globals';
import { mailFileName } from '../../../services/notifications/domain/mail-file-name.ts';
import { messageIdHeader, messageIdOf } from '../../../services/notifications/domain/message-key.ts';
import { choosePhotos } from '../../../services/notifications/domain/photo-choice.ts';
import { domainOf, readSender } from '../../../services/notifications/domain/sender.ts';
import {
  BACK_OFF,
  GIVE_UP_AFTER_MS,
  judgeFailure,
  leastWaitMs,
  Unanswered,
  Undeliverable,
} from '../../../services/notifications/domain/verdict.ts';
import { backOffMs } from '../../../shared/persistence/work.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import { notificationsActions } from '../../../shared/protocol/notifications/actions.ts';

const FIRST = { forMs: 0, unanswered: 0 };
const smtp = (responseCode: number | undefined, command: string, code = 'EENVELOPE', response = `${responseCode} no`) =>
  Object.assign(new Error('Refused'), { responseCode, command, code, response });

test.each([
  ['421 at RCPT TO', smtp(421, 'RCPT TO'), 'deferred'],
  ['450 at RCPT TO', smtp(450, 'RCPT TO'), 'deferred'],
  ['452 after DATA', smtp(452, 'DATA'), 'deferred'],
  ['550 at RCPT TO', smtp(550, 'RCPT TO'), 'bounced'],
  ['552 at MAIL FROM', smtp(552, 'MAIL FROM'), 'bounced'],
  ['553 at MAIL FROM: our address, not the recipient', smtp(553, 'MAIL FROM'), 'deferred'],
  ['553 5.1.8 at RCPT TO: our address again', smtp(553, 'RCPT TO', 'EENVELOPE', '553 5.1.8 Sender?'), 'deferred'],
  ['550 5.3.4 at MAIL FROM', smtp(550, 'MAIL FROM', 'EENVELOPE', '550 5.3.4 Too large'), 'bounced'],
  ['554 after DATA', smtp(554, 'DATA'), 'bounced'],
  ['larger than the server takes', smtp(undefined, 'MAIL FROM', 'EMESSAGE'), 'bounced'],
  ['535 at AUTH: our password, not the recipient', smtp(535, 'AUTH PLAIN'), 'deferred'],
  ['530 at MAIL FROM: log in first', smtp(530, 'MAIL FROM'), 'deferred'],
  ['554 as greeting: the server refuses us', smtp(554, 'CONN'), 'deferred'],
  ['a lost connection', Object.assign(new Error('closed'), { code: 'ECONNECTION', command: 'CONN' }), 'deferred'],
  ['an unknown error', new Error('odd'), 'deferred'],
  ['no answer to the content', new Unanswered('closed'), 'unanswered'],
  ['another file than announced', new Undeliverable('another file'), 'failed'],
  ['nothing thrown but text', 'oh no', 'deferred'],
])('%s makes a message %3$s', (_name, error, outcome) => expect(judgeFailure(error, FIRST).outcome).toBe(outcome));

test('what was tried for five days is given up, and a refusal stays a refusal', () => {
  expect(judgeFailure(smtp(451, 'RCPT TO'), { ...FIRST, forMs: GIVE_UP_AFTER_MS - 1 }).outcome).toBe('deferred');
  expect(judgeFailure(smtp(451, 'RCPT TO'), { ...FIRST, forMs: GIVE_UP_AFTER_MS }).outcome).toBe('failed');
  expect(judgeFailure(smtp(550, 'RCPT TO'), { ...FIRST, forMs: GIVE_UP_AFTER_MS }).outcome).toBe('bounced');
});

test.each([
  ['no answer again', new Unanswered('closed'), 0, 'unconfirmed'],
  ['four days of refusals', smtp(451, 'RCPT TO'), GIVE_UP_AFTER_MS - 1, 'deferred'],
  ['five days of refusals', smtp(451, 'RCPT TO'), GIVE_UP_AFTER_MS, 'unconfirmed'],
  ['a refusal for good', smtp(550, 'RCPT TO'), 0, 'bounced'],
])('H9 what was once left without an answer becomes after %s: %4$s', (_what, error, forMs, outcome) =>
  expect(judgeFailure(error, { forMs, unanswered: 1 }).outcome).toBe(outcome),
);

test('H9 one more copy goes out after an hour at the earliest, what was refused for now as soon as it may', () => {
  expect(leastWaitMs('unanswered')).toBe(3_600_000);
  expect(leastWaitMs('deferred')).toBe(0);
});

test('what a server answers is kept as one bounded line', () => {
  const { response } = judgeFailure({ response: `550\u0000 no\r\nBcc: x\uD800${'y'.repeat(5_000)}` }, FIRST);
  expect(response).toMatch(/^550 no Bcc: x\uFFFDy+$/);
  expect(response).toHaveLength(1_000);
  expect(judgeFailure({ response: `550 ${'💶'.repeat(5_000)}` }, FIRST).response).toMatch(/^550 💶{996}$/u);
});

test.each([
  [1, 60_000],
  [2, 120_000],
  [6, 1_920_000],
  [7, 3_600_000],
  [50, 3_600_000],
])('after attempt %i a message waits %i ms and at most a quarter more', (attempts, waitMs) => {
  expect(backOffMs(attempts, 0, BACK_OFF)).toBe(waitMs);
  expect(backOffMs(attempts, 0.999_999, BACK_OFF)).toBeLessThanOrEqual(waitMs * 1.25);
});

test.each([
  ['Kontor <kontor@localhost>', { name: 'Kontor', address: 'kontor@localhost' }],
  ['"Muster, Fulfillment" <mail@muster.example>', { name: 'Muster, Fulfillment', address: 'mail@muster.example' }],
  ['mail@muster.example', { name: 'mail@muster.example', address: 'mail@muster.example' }],
  ['<mail@muster.example>', { name: 'mail@muster.example', address: 'mail@muster.example' }],
])('%j is the sender', (text, sender) => {
  expect(readSender(text)).toEqual(sender);
  expect(domainOf(sender.address)).toMatch(/^(localhost|muster\.example)$/);
});

test.each([
  'Kontor',
  'a@x.de, b@y.de',
  'A <a@x.de>, B <b@y.de>',
  'A <a@x.de>\r\nBcc: b@y.de',
  'A\r\nBcc: x <a@x.de>',
  'A <a@x.de\r\nBcc: e@e.com>',
  'A <a b@x.de>',
  'A <g:a@x.de;>',
])('%j is no sender', (text) => expect(() => readSender(text)).toThrow(/MAIL_FROM/));

const key = { documentId: 'd', kind: 'invoiceReady', recipient: 'a@example.com', revision: 0 } as const;

test('a message is the same for the same document, kind, recipient and revision, however the address is written', () => {
  const id = messageIdOf(key);
  expect(messageIdOf({ ...key, recipient: 'A@Example.com' })).toBe(id);
  const others = [
    { ...key, documentId: 'e' },
    { ...key, kind: 'batchDispatched' as const },
    { ...key, recipient: 'b@example.com' },
    { ...key, revision: 1 },
  ];
  expect(new Set([id, ...others.map(messageIdOf)]).size).toBe(5);
});

test('the Message-ID is the same for every try of one sending and another for a resend', () => {
  const id = messageIdOf(key);
  expect(messageIdHeader(id, 0, 'example.com')).toBe(`<${id}@example.com>`);
  expect(messageIdHeader(id, 1, 'example.com')).toBe(messageIdHeader(id, 1, 'example.com'));
  expect(new Set([0, 1, 2].map((resends) => messageIdHeader(id, resends, 'example.com'))).size).toBe(3);
});

test.each([
  [[[1, 2, 3], [4]], 2, [[1], [4]]],
  [[[1, 2, 3], [4], []], 3, [[1, 2], [4], []]],
  [[[1], [2], [3]], 2, [[1], [2], []]],
  [[[1, 2], [3]], 12, [[1, 2], [3]]],
  [[], 12, []],
])('of %j at most %i are chosen as %j', (groups, limit, chosen) => expect(choosePhotos(groups, limit)).toEqual(chosen));

test('the name of a mail file holds no path', () => {
  const name = mailFileName(
    '2026-10-31',
    'invoiceReady',
    `../x/{|}'${'a'.repeat(200)}@example.com`,
    '<0f-1@example.com>',
  );
  expect(name).toMatch(/^2026-10-31-invoiceReady-\.\._x_____a+-0f-1\.eml$/);
  expect(name.length).toBeLessThan(150);
});

test('a message is sent again by finance or an administrator only, and its recipient is no input', () => {
  const { resendMessage } = notificationsActions;
  const id = messageIdOf(key);
  expect(resendMessage.access).toEqual(['finance', 'admin']);
  expect(parseInput(resendMessage, { id })).toEqual({ id });
  expect(() => parseInput(resendMessage, { id, recipient: 'evil@example.com' })).toThrow(/recipient/);
});
