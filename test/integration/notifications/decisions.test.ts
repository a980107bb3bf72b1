import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { getMessage } from '../../../services/notifications/use-cases/get-message.ts';
import { getMessageSource } from '../../../services/notifications/use-cases/get-message-source.ts';
import { changeMessageSetting } from '../../../services/notifications/use-cases/message-settings.ts';
import { remindDecisions } from '../../../services/notifications/use-cases/remind-decisions.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { readToken } from '../../../shared/links/token.ts';
import { verifyPath } from '../../../shared/links/path.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { decisionRequestedV1 } from '../../../shared/protocol/returns/events.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { asked, MERCHANT_ID, photo } from '../../support/mail-samples.ts';
import { merchantUser, notificationsFixture, person, type NotificationsFixture } from '../../support/notifications.ts';

let database: TestDatabase;
let fixture: NotificationsFixture;
/** What the returns say when they are asked; an error is thrown. */
let parcel: unknown;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await notificationsFixture(database);
  fixture.deps.call = (async () => {
    if (parcel instanceof Error) throw parcel;
    return parcel;
  }) as never;
});
beforeEach(async () => {
  await database.query(`truncate messaging.event, messaging.delivery, messaging.audit_entry, notifications.message,
    notifications.merchant_ref, notifications.decision_reminder, notifications.message_setting cascade`);
  at('2026-10-14T09:30:00Z');
  await fixture.arrive({ noticeEmails: ['retouren@muster.example'] });
  parcel = parcelWith('disposition_proposed');
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const at = (instant: string) => void (fixture.clock.now = new Date(instant));
const ask = async (overrides: Partial<ReturnType<typeof asked>> = {}) => {
  await fixture.announce(decisionRequestedV1, asked(overrides));
  await fixture.consumeAll();
};
const parcelWith = (...states: string[]) => ({
  state: 'awaiting_decision',
  revision: 0,
  items: states.map((state, index) => ({ id: itemId(index), state, askedAt: '2026-10-14T09:30:00Z' })),
});
const itemId = (index: number) => (index ? uuidOf('item', index) : uuidOf('mail-samples', 'item'));
const mails = () =>
  database.query<{ id: string; kind: string; subject: string; html: string; text: string; attachments: object[] }>(
    'select id, kind, subject, html, text, attachments from notifications.message order by created_at, kind',
  );
const reminders = async () =>
  (await database.query<{ outcome: string | null }>('select outcome from notifications.decision_reminder')).map(
    ({ outcome }) => outcome,
  );
const tokenIn = (text: string) => /https:\/\/kontor\.example\.com\/decide\/(\S+)/.exec(text)![1]!;

test('C3 the question names findings, deadline, what happens by default, and carries one link that decides', async () => {
  const [item] = asked().items;
  await ask({ items: [{ ...item!, photos: [photo(1), photo(2)] }] });
  const [mail, ...more] = await mails();
  expect(more).toEqual([]);
  expect(mail!.subject).toBe('Bitte entscheiden: Retoure RT-2026-00042, bis 16.10.2026');
  for (const said of [
    'Antwort bis: Freitag, 16.10.2026, 11:30\u00A0Uhr (MESZ)',
    'Defekt: beschädigt oder unbrauchbar',
    'Zur Wahl: an Sie zurücksenden, entsorgen, zurücklegen (Sperrlager)',
    'Ohne Ihre Antwort: wird entsorgt – Frist: Freitag, 16.10.2026, 11:30\u00A0Uhr (MESZ)',
    '> Ein Halter ist zerbrochen.',
  ])
    expect(mail!.text).toContain(said);
  const token = tokenIn(mail!.text);
  expect(mail!.html.match(/\/decide\//g)).toHaveLength(1);
  expect(mail!.html).toContain(token);
  const { link } = fixture.deps.keys;
  const read = (now: string) => readToken(link, 'decide', token, new Date(now));
  expect(read('2026-10-16T09:29:59Z')).toEqual({ r: asked().returnId, v: 0 });
  expect(() => read('2026-10-16T09:30:00Z')).toThrow(expect.objectContaining({ type: 'LINK_EXPIRED' }));
  expect(mail!.attachments).toHaveLength(2);
  const [, path, query] = /href="https:\/\/kontor\.example\.com(\/api\/v1\/photos\/[^"?]+)\?([^"]+)"/.exec(mail!.html)!;
  const { expires, signature } = Object.fromEntries(new URLSearchParams(query!.replaceAll('&amp;', '&'))) as never;
  expect(verifyPath(link, path!, { expires, signature }, new Date('2026-12-01T00:00:00Z'))).toBeInstanceOf(Date);
});

test('C3 a link that decides is shown to those only who may decide', async () => {
  await ask();
  const { id, text } = (await mails())[0]!;
  const token = tokenIn(text);
  const shown = async (actor: Actor) => {
    const view = await getMessage(fixture.deps, { id }, actor);
    const { objectKey } = await getMessageSource(fixture.deps, { id }, actor);
    const source = (await fixture.deps.store.read(objectKey)).toString().replaceAll(/=\r\n/g, '');
    return [view.html, view.text, source].map((each) => each.includes(token));
  };
  const decider: Actor = { ...merchantUser(MERCHANT_ID), roles: ['merchantDecider'] };
  expect(await shown(decider)).toEqual([true, true, true]);
  for (const actor of [merchantUser(MERCHANT_ID), person('lead'), person('admin')])
    expect(await shown(actor)).toEqual([false, false, false]);
});

test('C3 a question that comes when its time is over is told to nobody, and that is a finding', async () => {
  at('2026-10-16T09:30:00Z');
  await ask();
  expect(await mails()).toEqual([]);
  expect(await database.query(`select action from messaging.audit_entry`)).toEqual([{ action: 'message.overtaken' }]);
});

test('C3 a question that comes late leaves out what has passed its deadline', async () => {
  const [item] = asked().items;
  const later = { ...item!, itemId: itemId(1), name: 'Tasse', dueAt: '2026-11-13T09:30:00Z' };
  at('2026-10-17T08:00:00Z');
  await ask({ items: [item!, later], dueAt: later.dueAt });
  const { subject, text } = (await mails())[0]!;
  expect(subject).toMatch(/bis 13\.11\.2026$/);
  expect(text).toContain('* Tasse');
  expect(text).not.toContain('Teelichthalter');
});

test('C3 what is still open a day before the deadline is told once more, once', async () => {
  const [item] = asked().items;
  await ask({ items: [item!, { ...item!, itemId: itemId(1), name: 'Tasse' }] });
  at('2026-10-15T09:29:59Z');
  expect(await remindDecisions(fixture.deps)).toBe(0);
  parcel = parcelWith('decided', 'disposition_proposed');
  at('2026-10-15T09:30:00Z');
  await Promise.all([remindDecisions(fixture.deps), remindDecisions(fixture.deps)]);
  await remindDecisions(fixture.deps);
  const [, reminder, ...more] = await mails();
  expect(more).toEqual([]);
  expect(reminder).toMatchObject({
    kind: 'decisionReminder',
    subject: 'Erinnerung: Ihre Entscheidung zu Retoure RT-2026-00042 bis 16.10.2026',
  });
  expect(reminder!.text).toContain('* Tasse');
  expect(reminder!.text).not.toContain('Teelichthalter');
  expect(tokenIn(reminder!.text)).toBe(tokenIn((await mails())[0]!.text));
  expect(await reminders()).toEqual(['reminded']);
});

test('C3 of several deadlines the first is named and reminded of, and the link works until the last', async () => {
  const [item] = asked().items;
  const later = { ...item!, itemId: itemId(1), name: 'Tasse', dueAt: '2026-11-13T09:30:00Z' };
  await ask({ items: [later, item!], dueAt: later.dueAt });
  const { subject, text } = (await mails())[0]!;
  expect(subject).toMatch(/bis 16\.10\.2026$/);
  expect(text).toContain('Frist: Freitag, 13.11.2026, 10:30\u00A0Uhr (MEZ)');
  expect(readToken(fixture.deps.keys.link, 'decide', tokenIn(text), new Date('2026-11-13T09:00:00Z'))).toBeTruthy();
  expect(
    await database.query(
      `select to_char(remind_at at time zone 'UTC', 'DD HH24:MI') as at from notifications.decision_reminder`,
    ),
  ).toEqual([{ at: '15 09:30' }]);
});

test.each([
  ['all is decided', () => parcelWith('decided')],
  ['the goods are to stay on hold', () => parcelWith('on_hold')],
  ['the return went on', () => ({ ...parcelWith('disposition_proposed'), state: 'processing' })],
  ['it was inspected again', () => ({ ...parcelWith('disposition_proposed'), revision: 1 })],
  ['the return is gone', () => Object.assign(new Error('gone'), { code: 404, type: 'RETURN_NOT_FOUND' })],
])('C3 nobody is reminded when %s', async (_title, state) => {
  await ask();
  parcel = state();
  at('2026-10-15T10:00:00Z');
  await remindDecisions(fixture.deps);
  expect(await mails()).toHaveLength(1);
  expect(await reminders()).toEqual(['decided']);
});

test('C3 a reminder waits while the returns cannot be asked, and is left out when it is switched off or too late', async () => {
  await ask();
  parcel = Object.assign(new Error('away'), { code: 404, type: 'SERVICE_NOT_FOUND' });
  at('2026-10-15T10:00:00Z');
  await expect(remindDecisions(fixture.deps)).rejects.toThrow('away');
  expect(await reminders()).toEqual([null]);
  parcel = parcelWith('disposition_proposed');
  await changeMessageSetting(fixture.deps, { kind: 'decisionReminder', mode: 'off' }, person('admin'));
  await remindDecisions(fixture.deps);
  expect(await reminders()).toEqual(['off']);
  await ask({ revision: 1 });
  at('2026-10-16T10:00:00Z');
  await remindDecisions(fixture.deps);
  expect(await mails()).toHaveLength(2);
  expect((await reminders()).sort()).toEqual(['decided', 'off']);
});
