import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { directDebitAnnouncedV1 } from '../../../shared/protocol/billing/direct-debit-events.ts';
import { invoiceDocumentReadyV1 } from '../../../shared/protocol/billing/events.ts';
import { batchDispatchedV1, returnInspectedV1 } from '../../../shared/protocol/returns/events.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { dispatched, inspected, MERCHANT_ID, ready } from '../../support/mail-samples.ts';
import { notificationsFixture, type NotificationsFixture } from '../../support/notifications.ts';
import { until } from '../../support/product.ts';

let database: TestDatabase;
let fixture: NotificationsFixture;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await notificationsFixture(database);
});
beforeEach(() =>
  database.query(`truncate messaging.event, messaging.delivery, notifications.message, notifications.attempt,
    notifications.merchant_ref, notifications.held_event, messaging.audit_entry cascade`),
);
afterAll(async () => {
  await fixture.close();
  await database.drop();
});

const messages = () =>
  database.query<{ kind: string; recipient: string; revision: number; subject: string; language: string }>(
    'select kind, recipient, revision, subject, language, sender_name from notifications.message order by kind, recipient, revision',
  );
const open = () =>
  database.query(
    `select consumer, error from messaging.delivery where consumer like 'notifications.%' and done_at is null`,
  );

test('each recipient gets one message per document: notices and invoices go to their own addresses', async () => {
  const { announce, consumeAll, arrive } = fixture;
  await arrive({ language: 'en' });
  await announce(returnInspectedV1, inspected());
  await announce(batchDispatchedV1, dispatched());
  await announce(invoiceDocumentReadyV1, ready());
  await consumeAll();
  const sent = await messages();
  expect(sent.map(({ kind, recipient }) => `${kind} ${recipient}`)).toEqual([
    'batchDispatched chef@muster.example',
    'batchDispatched retouren@muster.example',
    'invoiceReady rechnung@muster.example',
    'returnInspected chef@muster.example',
    'returnInspected retouren@muster.example',
  ]);
  expect(sent.map(({ language }) => language)).toEqual(Array(5).fill('en'));
  expect(sent[2]).toMatchObject({ subject: 'Invoice RE-2026-00123 from Muster Fulfillment GmbH' });
  expect(await open()).toEqual([]);
});

test('the same fact announced again makes no second message, another revision of a return does', async () => {
  const { announce, consumeAll, arrive } = fixture;
  await arrive({ noticeEmails: ['Chef@muster.example', 'chef@MUSTER.example'] });
  for (let round = 0; round < 3; round += 1) {
    await announce(returnInspectedV1, inspected());
    await announce(invoiceDocumentReadyV1, ready());
    await consumeAll();
  }
  expect(await messages()).toHaveLength(2);
  await announce(returnInspectedV1, inspected({ revision: 1 }));
  await Promise.all([consumeAll(), consumeAll()]);
  expect((await messages()).map(({ recipient, revision }) => [recipient, revision])).toEqual([
    ['rechnung@muster.example', 0],
    ['Chef@muster.example', 0],
    ['Chef@muster.example', 1],
  ]);
});

test('each day on which an invoice is collected is told once, to the addresses for invoices', async () => {
  const { announce, consumeAll, arrive } = fixture;
  await arrive();
  for (const collectOn of ['2026-12-02', '2026-12-02', '2026-12-16'])
    await announce(directDebitAnnouncedV1, {
      ...{ invoiceId: ready().invoiceId, merchantId: MERCHANT_ID, invoiceNumber: 'RE-2026-00123', currency: 'EUR' },
      ...{ amountMinor: 5_000, collectOn, issuerName: 'Muster Fulfillment GmbH', mandateReference: 'M-1' },
      ...{ creditorId: 'DE98ZZZ09999999999', iban: 'DE02••••••••••••••2051' },
    });
  await consumeAll();
  expect((await messages()).map(({ recipient, subject }) => [recipient, subject])).toEqual([
    ['rechnung@muster.example', 'Lastschrift zur Rechnung RE-2026-00123 am 02.12.2026'],
    ['rechnung@muster.example', 'Lastschrift zur Rechnung RE-2026-00123 am 16.12.2026'],
  ]);
  const [{ text }] = (await database.query('select text from notifications.message order by revision limit 1')) as [
    { text: string },
  ];
  for (const said of ['50,00', '02.12.2026', 'M-1', 'DE98ZZZ09999999999', 'DE02••••••••••••••2051'])
    expect(text).toContain(said);
  expect(await open()).toEqual([]);
});

test('facts that come before the news of their merchant wait for it, and none is lost', async () => {
  const { announce, consumeAll, arrive } = fixture;
  await announce(returnInspectedV1, inspected());
  await announce(invoiceDocumentReadyV1, ready());
  await consumeAll();
  expect(await messages()).toEqual([]);
  expect(await open()).toEqual([]);
  expect(await database.query('select 1 from notifications.held_event')).toHaveLength(2);
  await arrive();
  expect((await messages()).map(({ kind }) => kind)).toEqual(['invoiceReady', 'returnInspected', 'returnInspected']);
  expect(await database.query('select 1 from notifications.held_event')).toEqual([]);
});

test('a merchant and its facts that arrive at once never miss each other', async () => {
  const { announce, consumeAll, arrive } = fixture;
  const rounds = 12;
  for (let round = 0; round < rounds; round += 1) {
    const merchantId = MERCHANT_ID.replace(/.$/, round.toString(16));
    const invoiceId = ready().invoiceId.replace(/.$/, round.toString(16));
    await announce(invoiceDocumentReadyV1, ready({ merchantId, invoiceId }));
    await Promise.all([arrive({ merchantId }), consumeAll(), consumeAll()]);
  }
  // what was prevented for a moment comes again by itself; what has missed its merchant does not
  await until('every fact to be taken up', async () => {
    await consumeAll();
    return (await open()).length === 0;
  });
  expect(await messages()).toHaveLength(rounds);
});

test('a newer copy of the merchant is not overwritten by an older one', async () => {
  const { arrive, announce, consumeAll } = fixture;
  await arrive({ version: 3, invoiceEmails: ['neu@muster.example'] });
  await arrive({ version: 2, invoiceEmails: ['alt@muster.example'] });
  await announce(invoiceDocumentReadyV1, ready());
  await consumeAll();
  expect((await messages()).map(({ recipient }) => recipient)).toEqual(['neu@muster.example']);
});

test('a merchant without an address is a finding in the audit trail, and no message', async () => {
  const { arrive, announce, consumeAll } = fixture;
  await arrive({ invoiceEmails: [] });
  await announce(invoiceDocumentReadyV1, ready());
  await consumeAll();
  expect(await messages()).toEqual([]);
  expect(
    await database.query(
      `select action, entity, entity_id, merchant_id from messaging.audit_entry where action like 'message.%'`,
    ),
  ).toEqual([
    {
      action: 'message.without-recipient',
      entity: 'invoiceReady',
      entity_id: ready().invoiceId,
      merchant_id: MERCHANT_ID,
    },
  ]);
});

test('what a message says never changes once it is queued', async () => {
  const { arrive, announce, consumeAll } = fixture;
  await arrive();
  await announce(invoiceDocumentReadyV1, ready());
  await consumeAll();
  for (const change of [`html = 'x'`, `recipient = 'evil@example.com'`, `attachments = '[]'`, `subject = 'x'`])
    await expect(database.query(`update notifications.message set ${change}`)).rejects.toThrow(/never changed/);
});

test.each([
  'a@x.de, evil@e.com',
  'b@y.de>\r\nRCPT TO:<evil@e.com',
  'b@y.de\r\nBcc: evil@e.com',
  'g:a@x.de;',
  'a@x.de\n',
])('the table takes no recipient like %j', async (recipient) => {
  const insert = `insert into notifications.message (id, merchant_id, kind, document_id, revision, recipient, language, sender_name,
        sender_address, subject, html, text, attachments, message_id_header, state, next_at, created_at, updated_at)
      values (gen_random_uuid(), gen_random_uuid(), 'invoiceReady', gen_random_uuid(), 0, $1, 'de', 'K', 'k@x.de', 's', 'h', 't', '[]',
        '<' || gen_random_uuid() || '@x.de>', 'queued', now(), now(), now())`;
  await expect(database.query(insert, [recipient])).rejects.toThrow(/message_recipient_check/);
  await database.query(insert, ['a@x.de']);
});
