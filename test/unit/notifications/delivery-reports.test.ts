import { expect, test } from '@jest/globals';
import { readReport } from '../../../services/notifications/bounces/read-report.ts';
import { bounceReason, statusIn } from '../../../services/notifications/domain/delivery-report.ts';
import { deliveryReport } from '../../support/delivery-reports.ts';

const OURS = '<0199e000-0000-7000-8000-000000000001@fulfiller.example>';
const read = (text: string) => readReport(Buffer.from(text.replaceAll('\n', '\r\n')));

test('H9 a report names the mail, its recipients and what the other server said', async () => {
  const text = deliveryReport({ reportId: '<a@mx>', returnedId: OURS, originalRecipient: 'Rechnung@Muster.example' });
  expect(await read(text)).toEqual({
    reportId: '<a@mx>',
    returnedIds: [OURS],
    answeredIds: [],
    returnedTo: ['rechnung@muster.example'],
    recipients: [
      {
        action: 'failed',
        status: '5.1.1',
        addresses: ['rechnung@muster.example', 'rechnung@muster.example'],
        diagnostic: '550 5.1.1 <rechnung@muster.example>: Recipient address rejected: User unknown',
      },
    ],
  });
});

test.each([
  ['the head of the mail alone', { returned: 'text/rfc822-headers' as const }, { returnedIds: [OURS] }],
  ['a mail that came back whole', { body: `\nMessage-ID: ${OURS.replace('1@', '2@')}` }, { returnedIds: [OURS] }],
  ['nothing, but what it answers to', { returnedId: null, inReplyTo: OURS }, { returnedIds: [], answeredIds: [OURS] }],
  ['a mail that is to be shown at once', { disposition: 'inline' as const }, { returnedIds: [OURS] }],
  ['a foreign mail', { returnedId: '<x@shop.example>' }, { returnedIds: [] }],
  ['an answer to ours', { returnedId: '<x@shop.example>', inReplyTo: OURS }, { returnedIds: [], answeredIds: [] }],
])('H9 a report that brings %s', async (_what, facts, expected) =>
  expect(await read(deliveryReport({ returnedId: OURS, ...facts }))).toMatchObject(expected),
);

test.each([
  [{ action: 'delayed', status: '4.4.1' }, [['delayed', '4.4.1']]],
  [{ action: 'RELAYED', status: '2.0.0' }, [['relayed', '2.0.0']]],
  [{ status: '5.1.1 (bad mailbox)' }, [['failed', '5.1.1']]],
  [{ status: '9.9.9' }, [['failed', null]]],
  [{ status: null }, [['failed', null]]],
  [{ action: 'exploded' }, []],
  [{ finalRecipient: 'nobody' }, []],
  [{ finalRecipient: 'rechnung\0@muster.example' }, []],
  [{ finalRecipient: 'rechnung@muster.example\u0085' }, []],
])('H9 a report with %j tells %j', async (facts, expected) => {
  const report = await read(deliveryReport({ returnedId: OURS, ...facts }));
  expect(report!.recipients.map(({ action, status }) => [action, status])).toEqual(expected);
});

test('H9 reports without an id of their own are told apart by their content', async () => {
  const [one, same, other] = await Promise.all(
    ['4.4.1', '4.4.1', '4.4.2'].map((status) => read(deliveryReport({ reportId: null, status }))),
  );
  expect(one!.reportId).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(same!.reportId).toBe(one!.reportId);
  expect(other!.reportId).not.toBe(one!.reportId);
});

const REPORT = deliveryReport({ returnedId: OURS });
const HEAD = 'Content-Type: multipart/report; boundary=x\n\n';
test.each([
  ['nothing', ''],
  ['a letter', 'From: a@b.de\nContent-Type: text/plain\n\nmultipart/report'],
  ['HTML', 'Content-Type: text/html\n\n<p>Content-Type: multipart/report</p>'],
  ['a report without parts', HEAD],
  ['a report on reading', REPORT.replace('message/delivery-status', 'message/disposition-notification')],
  ['a letter that quotes a report', `From: a@b.de\nContent-Type: text/plain\n\n${REPORT}`],
  ['zeros', '\0'.repeat(200_000)],
  ['a head that never ends', `Content-Type: multipart/report\n${'X: y\n'.repeat(25_000)}`],
  ['one endless line', `Content-Type: multipart/report; boundary=${'b'.repeat(120_000)}`],
  ['parts within parts', HEAD + '--x\nContent-Type: multipart/mixed; boundary=x\n\n'.repeat(2_500)],
])('H9 %s is no report', async (_what, text) => expect(await read(text)).toBeNull());

test('H9 of ten thousand recipients and ids a few are looked at', async () => {
  const many = Array.from({ length: 2_000 }, (_, index) => `Final-Recipient: rfc822; ${index}@b.de\nAction: failed\n`);
  const text = deliveryReport({ returnedId: OURS, inReplyTo: OURS }).replace(
    '\nFinal-Recipient',
    `\n${many.join('\n')}\nFinal-Recipient`,
  );
  const report = await read(text);
  expect(report!.recipients).toHaveLength(50);
});

test.each([
  ['5.1.1', 'unknownAddress'],
  ['5.1.10', 'unknownAddress'],
  ['5.1.7', 'senderRefused'],
  ['5.1.8', 'senderRefused'],
  ['5.1.6', 'unknownAddress'],
  ['5.2.2', 'mailboxFull'],
  ['4.2.2', 'mailboxFull'],
  ['5.2.1', 'mailboxClosed'],
  ['5.2.3', 'tooLarge'],
  ['5.3.4', 'tooLarge'],
  ['5.7.1', 'refused'],
  ['4.4.7', 'unreachable'],
  ['5.0.0', 'other'],
  [null, 'other'],
] as const)('H9 %s means: %s', (status, reason) => expect(bounceReason(status)).toBe(reason));

test.each([
  ['550 5.1.1 No such user', '5.1.1'],
  ['552-5.2.2 Full', '5.2.2'],
  ['550 No such user', null],
  ['The file 5.1.1 is not there', null],
  [null, null],
])('H9 the status in %j is %j', (answer, status) => expect(statusIn(answer)).toBe(status));
