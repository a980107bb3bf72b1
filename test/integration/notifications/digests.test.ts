import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { makeDigests } from '../../../services/notifications/use-cases/make-digests.ts';
import {
  changeMessageSetting,
  listMessageSettings,
} from '../../../services/notifications/use-cases/message-settings.ts';
import { uuidOf } from '../../../shared/kernel/ids.ts';
import { parseInput } from '../../../shared/moleculer/actions.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { invoiceDocumentReadyV1 } from '../../../shared/protocol/billing/events.ts';
import { notificationsActions } from '../../../shared/protocol/notifications/actions.ts';
import { batchDispatchedV1, returnInspectedV1, returnReceivedV1 } from '../../../shared/protocol/returns/events.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import {
  dispatched,
  inspected,
  inspectedItem,
  MERCHANT_ID,
  photo,
  ready,
  received,
} from '../../support/mail-samples.ts';
import { merchantUser, notificationsFixture, person, type NotificationsFixture } from '../../support/notifications.ts';

const OTHER = uuidOf('another merchant');
let database: TestDatabase;
let fixture: NotificationsFixture;
const decider = (...scope: string[]): Actor => ({ ...merchantUser(...scope), roles: ['merchantDecider'] });

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await notificationsFixture(database);
});
beforeEach(async () => {
  await database.query(`truncate messaging.event, messaging.delivery, messaging.audit_entry, notifications.message,
    notifications.merchant_ref, notifications.digest, notifications.digest_entry, notifications.message_setting cascade`);
  at('2026-10-14T10:00:00Z');
  await fixture.arrive({ noticeEmails: ['retouren@muster.example'] });
  await fixture.arrive({
    merchantId: OTHER,
    name: 'Andere GmbH',
    noticeEmails: ['a@andere.example', 'b@andere.example'],
  });
});
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const at = (instant: string) => void (fixture.clock.now = new Date(instant));
const choose = (input: object, actor: Actor = person('admin')) =>
  changeMessageSetting(
    fixture.deps,
    parseInput(notificationsActions.changeMessageSetting, {
      kind: 'returnInspected',
      mode: 'daily',
      ...input,
    }) as never,
    actor,
  );
const settings = (merchantId?: string, actor: Actor = person('admin')) =>
  listMessageSettings(fixture.deps, merchantId ? { merchantId } : {}, actor);
const modeOf = async (kind: string, merchantId?: string) =>
  (await settings(merchantId)).items.find((item) => item.kind === kind);
async function tell(...events: ReturnType<typeof inspected>[]): Promise<void> {
  for (const event of events) await fixture.announce(returnInspectedV1, event);
  await fixture.consumeAll();
}
const nth = (index: number, overrides: Partial<ReturnType<typeof inspected>> = {}) =>
  inspected({ returnId: uuidOf('digest', index), number: `RT-2026-0010${index}`, ...overrides });
const mails = () =>
  database.query<{ kind: string; recipient: string; subject: string; text: string; attachments: object[] }>(
    'select kind, recipient, subject, text, attachments from notifications.message order by created_at, recipient',
  );
const untold = () => database.query('select 1 from notifications.digest_entry where digest_id is null');
const makeAll = async () => {
  while (await makeDigests(fixture.deps));
};

test('J12 arrivals are told on request only; the house chooses for all, a merchant for itself', async () => {
  const arrive = async (number: string) => {
    await fixture.announce(returnReceivedV1, received({ returnId: uuidOf(number), number }));
    await fixture.consumeAll();
    return (await mails()).filter(({ kind }) => kind === 'returnReceived').length;
  };
  expect(await arrive('RT-1')).toBe(0);
  await choose({ kind: 'returnReceived', mode: 'each' });
  expect(await arrive('RT-2')).toBe(1);
  await choose({ kind: 'returnReceived', mode: 'off' }, decider(MERCHANT_ID));
  expect(await arrive('RT-3')).toBe(1);
  expect(await modeOf('returnReceived', MERCHANT_ID)).toMatchObject({ mode: 'off', source: 'merchant', version: 1 });
  expect(await modeOf('returnReceived', OTHER)).toMatchObject({ mode: 'each', source: 'house', version: 0 });
  await choose({ kind: 'returnReceived', mode: null }, decider(MERCHANT_ID));
  expect(await arrive('RT-4')).toBe(2);
  const audits = await database.query(
    `select before->>'mode' as before, after->>'mode' as after from messaging.audit_entry where entity = 'messageSetting'`,
  );
  expect(audits.map(({ before, after }) => `${before} ${after}`).sort()).toEqual(['null each', 'null off', 'off null']);
});

test.each([
  ['invoiceReady', 'off'],
  ['invoiceReady', 'daily'],
  ['decisionRequested', 'off'],
  ['decisionRequested', 'daily'],
  ['decisionReminder', 'daily'],
  ['directDebitAnnounced', 'off'],
  ['dunningNotice', 'off'],
])('J12 %s cannot be set to %s, and the table does not take it either', async (kind, mode) => {
  await expect(choose({ kind, mode })).rejects.toMatchObject({
    code: 422,
    data: { errors: [{ path: 'mode', code: 'MODE_NOT_ALLOWED' }] },
  });
  const insert = `insert into notifications.message_setting (id, merchant_id, kind, mode, version, created_at, updated_at)
    values (gen_random_uuid(), null, $1, $2, 1, now(), now())`;
  await expect(database.query(insert, [kind, mode])).rejects.toThrow(/check constraint/);
});

test('J12 a merchant sees what the house says and its own choice, and touches nobody else’s', async () => {
  await choose({ mode: 'off' });
  await choose({ merchantId: OTHER });
  const own = await settings(undefined, decider(MERCHANT_ID));
  expect(own.merchantId).toBe(MERCHANT_ID);
  expect(own.items.find(({ kind }) => kind === 'returnInspected')).toMatchObject({ mode: 'off', source: 'house' });
  expect(notificationsActions.listMessageSettings.output.parse(own)).toEqual(own);
  await expect(settings(OTHER, decider(MERCHANT_ID))).rejects.toMatchObject({ code: 404 });
  await expect(choose({ merchantId: OTHER }, decider(MERCHANT_ID))).rejects.toMatchObject({ code: 404 });
  await expect(settings(undefined, decider(MERCHANT_ID, OTHER))).rejects.toMatchObject({ code: 422 });
  await expect(choose({}, person('lead'))).rejects.toMatchObject({ code: 403 });
  await choose({ merchantId: MERCHANT_ID, mode: 'each' }, person('lead'));
  await expect(choose({ mode: 'off' }, { ...decider(MERCHANT_ID), ifMatch: 0 })).rejects.toMatchObject({ code: 412 });
  fixture.deps.call = () => Promise.reject(Object.assign(new Error('none'), { type: 'MERCHANT_NOT_FOUND', code: 404 }));
  await expect(choose({ merchantId: uuidOf('nobody') })).rejects.toMatchObject({ code: 422 });
});

test('C1 with a digest the inspections of a day come in one mail at five, with findings and photos', async () => {
  await choose({ merchantId: MERCHANT_ID });
  const photos = Array.from({ length: 10 }, (_, index) => photo(index));
  await tell(nth(1, { items: [inspectedItem({ photos })] }), nth(2, { orderNumber: null, photos: [photo('p')] }));
  expect(await mails()).toEqual([]);
  at('2026-10-14T14:59:59Z');
  expect(await makeDigests(fixture.deps)).toBe(0);
  at('2026-10-14T15:00:00Z');
  await makeAll();
  const [mail, ...more] = await mails();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({ kind: 'digest', recipient: 'retouren@muster.example' });
  expect(mail!.subject).toBe('Ihre Tagesübersicht vom 14.10.2026');
  for (const said of [
    'Retoure RT-2026-00101 · Bestellung 536365',
    '2 × Teelichthalter „Herz“, weiß',
    'Defekt · Transportschaden',
    'Ein Halter ist zerbrochen',
    'Verbleib: geht mit der nächsten Sammelrücksendung an Sie zurück',
    'Retoure RT-2026-00102\n',
    `https://kontor.example.com/merchant/returns/${uuidOf('digest', 1)}`,
  ])
    expect(mail!.text).toContain(said);
  expect(mail!.attachments).toHaveLength(11);
  expect(await untold()).toEqual([]);
});

test('C1 a digest is for the merchants that chose it; arrivals and batches stand in it too, invoices never', async () => {
  await choose({ merchantId: OTHER });
  await choose({ merchantId: OTHER, kind: 'returnReceived' });
  await choose({ merchantId: OTHER, kind: 'batchDispatched' });
  await tell(nth(1), nth(2, { merchantId: OTHER }));
  await fixture.announce(returnReceivedV1, received({ merchantId: OTHER, number: 'RT-2026-00555' }));
  await fixture.announce(batchDispatchedV1, dispatched({ merchantId: OTHER }));
  await fixture.announce(invoiceDocumentReadyV1, ready({ merchantId: OTHER }));
  await fixture.consumeAll();
  expect((await mails()).map(({ kind }) => kind).sort()).toEqual(['invoiceReady', 'returnInspected']);
  at('2026-10-14T15:30:00Z');
  await makeAll();
  const digests = (await mails()).filter(({ kind }) => kind === 'digest');
  expect(digests.map(({ recipient }) => recipient)).toEqual(['a@andere.example', 'b@andere.example']);
  for (const said of ['RT-2026-00102', 'RT-2026-00555', 'RB-2026-00007', '00340434161094042557'])
    expect(digests[0]!.text).toContain(said);
});

test('C1 what comes after the digest waits for the next day, and after days without us each day has its mail', async () => {
  await choose({});
  await tell(nth(1));
  at('2026-10-14T16:00:00Z');
  await makeAll();
  await tell(nth(2));
  await makeAll();
  expect(await mails()).toHaveLength(1);
  at('2026-10-15T16:00:00Z');
  await tell(nth(3));
  // nothing of us ran from the 15th, 18:00, to the 19th
  at('2026-10-19T08:00:00Z');
  await makeAll();
  await makeAll();
  expect((await mails()).map(({ subject }) => subject.slice(-10))).toEqual(['14.10.2026', '15.10.2026', '16.10.2026']);
  const days = await database.query('select day::text from notifications.digest order by day');
  expect(days.map(({ day }) => day)).toEqual(['2026-10-14', '2026-10-15', '2026-10-16']);
});

test('C1 an entry is told once: announced again, chosen anew, inspected again', async () => {
  await choose({});
  await tell(nth(1), nth(1), nth(2), nth(2, { revision: 1, inspectedOn: '2026-10-15' }));
  expect(await untold()).toHaveLength(3);
  await choose({ mode: 'each' });
  await tell(nth(1));
  expect(await mails()).toEqual([]);
  at('2026-10-14T15:00:00Z');
  await makeAll();
  const { text } = (await mails())[0]!;
  expect(text.match(/Retoure RT-2026-00102 ·/g)).toHaveLength(1);
  expect(text).toContain('Erneut geprüft am 15.10.2026');
  await tell(nth(3));
  await choose({});
  await tell(nth(3));
  at('2026-10-15T15:00:00Z');
  await makeAll();
  expect((await mails()).map(({ kind }) => kind)).toEqual(['digest', 'returnInspected']);
});

test('C1 many workers and the consumer at once tell every entry exactly once', async () => {
  await choose({});
  for (let round = 0; round < 6; round += 1) {
    await fixture.announce(returnInspectedV1, nth(round));
    at('2026-10-14T14:59:59.999Z');
    const telling = fixture.consumeAll();
    at('2026-10-14T15:00:00Z');
    await Promise.all([telling, ...Array.from({ length: 4 }, () => makeDigests(fixture.deps))]);
  }
  at('2026-10-15T15:00:00Z');
  await Promise.all(Array.from({ length: 4 }, makeAll));
  expect(await untold()).toEqual([]);
  const texts = (await mails()).map(({ text }) => text).join('\n');
  for (let round = 0; round < 6; round += 1)
    expect(texts.match(new RegExp(`Retoure RT-2026-0010${round} ·`, 'g'))).toHaveLength(1);
});

test('C1 a digest that cannot be queued takes nothing, holds up no other, and is made later', async () => {
  await choose({});
  await tell(nth(1), nth(2, { merchantId: OTHER }));
  await database.query(`update notifications.merchant_ref set notice_emails = '{no address}' where merchant_id = $1`, [
    MERCHANT_ID,
  ]);
  at('2026-10-14T15:00:00Z');
  await expect(makeDigests(fixture.deps)).rejects.toThrow(/message_recipient_check/);
  expect((await mails()).map(({ recipient }) => recipient)).toEqual(['a@andere.example', 'b@andere.example']);
  expect(await untold()).toHaveLength(1);
  await database.query(
    `update notifications.merchant_ref set notice_emails = '{chef@muster.example}' where merchant_id = $1`,
    [MERCHANT_ID],
  );
  await makeAll();
  expect((await mails()).map(({ recipient }) => recipient).sort()).toContain('chef@muster.example');
  expect(await untold()).toEqual([]);
});

test('C1 what a digest told stays told', async () => {
  await choose({});
  await tell(nth(1));
  at('2026-10-14T15:00:00Z');
  await makeAll();
  for (const change of ['digest_id = null', `payload = '{}'`, `day = '2027-01-01'`, 'digest_id = gen_random_uuid()'])
    await expect(database.query(`update notifications.digest_entry set ${change}`)).rejects.toThrow(
      /told in one digest/,
    );
  await expect(database.query(`update notifications.digest set day = day + 1`)).rejects.toThrow();
});
