import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { changeMessageSetting } from '../../../services/notifications/use-cases/message-settings.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { specialJobChangedV1 } from '../../../shared/protocol/orders/special-jobs.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { MERCHANT_ID } from '../../support/mail-samples.ts';
import { notificationsFixture, type NotificationsFixture } from '../../support/notifications.ts';
import { staff } from '../../support/orders.ts';

let database: TestDatabase;
let fixture: NotificationsFixture;
const JOB = uuidOf('job-approvals', 'job');

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await notificationsFixture(database);
});
beforeEach(() =>
  database.query(`truncate messaging.event, messaging.delivery, notifications.message, notifications.attempt,
    notifications.merchant_ref, notifications.held_event, notifications.special_job_ref, notifications.message_setting,
    messaging.audit_entry cascade`),
);
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

type Job = z.input<typeof specialJobChangedV1.payload>;
const job = (version: number, state: Job['state'], more: Partial<Job> = {}) =>
  specialJobChangedV1.payload.parse({
    ...{ merchantId: MERCHANT_ID, specialJobId: JOB, version, number: 'SJ-1042', code: 'relabel', unit: 'minute' },
    ...{ description: 'Etiketten <neu>', estimatedQuantity: '90.5', state, openedOn: '2026-10-14' },
    ...more,
  });
const mails = () =>
  database.query<{ recipient: string; revision: number; subject: string; text: string; html: string }>(
    `select recipient, revision, subject, text, html from notifications.message where kind = 'jobApprovalAsked' order by revision, recipient`,
  );
const told = async (...jobs: readonly ReturnType<typeof job>[]) => {
  for (const one of jobs) await fixture.announce(specialJobChangedV1, one);
  await fixture.consumeAll();
  return (await mails()).map(({ revision }) => revision);
};

test('D8 a merchant is mailed once when a special job waits for its approval, with the way to its page', async () => {
  await fixture.arrive({ noticeEmails: ['chef@muster.example', 'lager@muster.example'] });
  expect(await told(job(1, 'awaiting_approval'))).toEqual([1, 1]);
  expect(await told(job(1, 'awaiting_approval'))).toEqual([1, 1]);
  const [mail, second] = await mails();
  expect([mail!.recipient, second!.recipient]).toEqual(['chef@muster.example', 'lager@muster.example']);
  expect(mail!.subject).toBe('Bitte zustimmen: Sonderauftrag SJ-1042');
  expect(mail!.text).toContain('90,5 Minuten');
  expect(mail!.text).toContain(`/merchant/special-jobs/${JOB}`);
  expect(mail!.html).toContain('Etiketten &lt;neu&gt;');
});

test('D8 a job that needs no approval, and every other step of one, is not told', async () => {
  await fixture.arrive({ noticeEmails: ['chef@muster.example'] });
  const steps = ['open', 'declined', 'signed_off', 'cancelled'] as const;
  expect(await told(...steps.map((state, index) => job(index + 1, state)))).toEqual([]);
});

test('D8 what was answered meanwhile is not asked, in whatever order the news come; asked anew it is told again', async () => {
  await fixture.arrive({ language: 'en', noticeEmails: ['chef@muster.example'] });
  expect(await told(job(2, 'open'))).toEqual([]);
  expect(await told(job(1, 'awaiting_approval'))).toEqual([]);
  expect(await told(job(3, 'awaiting_approval'), job(4, 'declined'))).toEqual([]);
  expect(await told(job(5, 'awaiting_approval', { unit: 'piece', estimatedQuantity: '1' }))).toEqual([5]);
  const [mail] = await mails();
  expect([mail!.subject, mail!.text.includes('1 piece\n')]).toEqual(['Please approve: special job SJ-1042', true]);
});

test('D8 what waited for news of its merchant is asked then, unless it was answered before', async () => {
  const other = uuidOf('job-approvals', 'other');
  expect(await told(job(1, 'awaiting_approval'), job(1, 'awaiting_approval', { specialJobId: other }))).toEqual([]);
  expect(await told(job(2, 'open'))).toEqual([]);
  await fixture.arrive({ noticeEmails: ['chef@muster.example'] });
  await fixture.consumeAll();
  const asked = await database.query(
    `select document_id as id from notifications.message where kind = 'jobApprovalAsked'`,
  );
  expect(asked).toEqual([{ id: other }]);
});

test('D8 a merchant that does not want these mails gets none', async () => {
  await fixture.arrive({ noticeEmails: ['chef@muster.example'] });
  const choice = { kind: 'jobApprovalAsked', merchantId: MERCHANT_ID } as const;
  await changeMessageSetting(fixture.deps, { ...choice, mode: 'off' }, staff);
  expect(await told(job(1, 'awaiting_approval'))).toEqual([]);
  await expect(changeMessageSetting(fixture.deps, { ...choice, mode: 'daily' }, staff)).rejects.toMatchObject({
    code: 422,
  });
});
