import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { signToken } from '../../../shared/links/token.ts';
import { invoiceDocumentReadyV1 } from '../../../shared/protocol/billing/events.ts';
import { invoiceLinkActions } from '../../../shared/protocol/notifications/invoice-link-actions.ts';
import { smtpMailer } from '../../../services/notifications/mail/smtp-mailer.ts';
import { getMessage } from '../../../services/notifications/use-cases/get-message.ts';
import { getMessageSource } from '../../../services/notifications/use-cases/get-message-source.ts';
import {
  getLinkedInvoice,
  getLinkedInvoicePdf,
  getLinkedInvoiceXml,
} from '../../../services/notifications/use-cases/linked-invoice.ts';
import { sendDue } from '../../../services/notifications/use-cases/send-due.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { MERCHANT_ID, ready } from '../../support/mail-samples.ts';
import { mailQueue, type MessageFacts } from '../../support/mail-queue.ts';
import {
  merchantUser,
  notificationsFixture,
  person,
  PUBLIC_URL,
  worker,
  type NotificationsFixture,
} from '../../support/notifications.ts';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';

let database: TestDatabase;
let fixture: NotificationsFixture;
let queue: ReturnType<typeof mailQueue>;
let sink: SmtpSink;

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = await notificationsFixture(database);
  queue = mailQueue(database, fixture);
  sink = await startSmtpSink();
  fixture.deps.mailer = smtpMailer(sink.url);
});
beforeEach(async () => {
  await queue.reset();
  await database.query('truncate notifications.merchant_ref, notifications.invoice_link');
  sink.mails.length = 0;
});
afterAll(async () => {
  await sink.close();
  await fixture.close();
  await database.drop();
});

const XML = '<?xml version="1.0"?><rsm:CrossIndustryInvoice xmlns:rsm="urn:x">ü</rsm:CrossIndustryInvoice>';
type Wish = Parameters<NotificationsFixture['arrive']>[0];
type Facts = Parameters<typeof ready>[0];

/** The merchant as it wishes, then a document whose files are in the store. */
async function issue(wish: Wish = {}, facts: Facts = {}): Promise<MessageFacts> {
  await fixture.arrive(wish);
  const stored = (content: string, kind: string) =>
    fixture.deps.store.putContent('invoices', Buffer.from(content), kind);
  const { key: pdf, ...ofPdf } = await stored('%PDF-1.7 invoice', 'pdf');
  const { key: xml, ...ofXml } = await stored(XML, 'xml');
  const files = {
    pdf: { ...ofPdf, objectKey: pdf, filename: 'RE-2026-00123.pdf' },
    xml: { ...ofXml, objectKey: xml, filename: 'RE-2026-00123.xml' },
  };
  await fixture.announce(invoiceDocumentReadyV1, ready({ ...files, ...facts }));
  await fixture.consumeAll();
  return (await queue.messages())[0]!;
}

test.each([
  ['as shipped: the PDF alone', {}, {}, ['RE-2026-00123.pdf application/pdf']],
  [
    'for merchants that wish for it: the XML, too',
    { invoiceXml: true },
    {},
    ['RE-2026-00123.pdf application/pdf', 'RE-2026-00123.xml application/xml'],
  ],
  ['without an XML, nothing more', { invoiceXml: true }, { xml: undefined }, ['RE-2026-00123.pdf application/pdf']],
])('H9 the mail of an invoice brings, %s', async (_what, wish, facts, files) => {
  await issue(wish, facts);
  await sendDue(fixture.deps);
  const { attachments, text } = sink.mails[0]!.parsed;
  expect(attachments.map(({ filename, contentType }) => `${filename} ${contentType}`)).toEqual(files);
  if (attachments[1]) expect(String(attachments[1].content)).toBe(XML);
  expect(text).not.toContain('/invoice/');
});

const CORRECTS = { invoiceId: ready().invoiceId, number: 'RE-2026-00123', issueDate: '2026-10-31' } as const;
const MINUS = { netMinor: -123_456, vatMinor: -23_457, grossMinor: -146_913 };
test.each([
  [
    'cancellation',
    CORRECTS,
    'de',
    'cancellationReady',
    'Stornorechnung ST-7 zur Rechnung RE-2026-00123 von',
    'es ist nichts zu zahlen',
  ],
  [
    'creditNote',
    CORRECTS,
    'de',
    'creditNoteReady',
    'Rechnungskorrektur ST-7 zur Rechnung RE-2026-00123 von',
    'es ist nichts zu zahlen',
  ],
  ['creditNote', null, 'de', 'creditNoteReady', 'Rechnungskorrektur ST-7 von', 'es ist nichts zu zahlen'],
  [
    'cancellation',
    CORRECTS,
    'en',
    'cancellationReady',
    'Cancellation ST-7 of invoice RE-2026-00123 from',
    'there is nothing to pay',
  ],
  [
    'creditNote',
    CORRECTS,
    'en',
    'creditNoteReady',
    'Credit note ST-7 for invoice RE-2026-00123 from',
    'there is nothing to pay',
  ],
] as const)(
  'H9 a %s of %j is told in %s under its own name and asks for no payment',
  async (kind, corrects, language, mailKind, subject, says) => {
    const row = await issue({ language }, { kind, corrects, number: 'ST-7', ...MINUS, payableMinor: 0 });
    expect(row).toMatchObject({ kind: mailKind, subject: `${subject} Muster Fulfillment GmbH` });
    const text = String((row as unknown as { text: string }).text);
    expect(text).toContain(says);
    expect(text).toMatch(/-€?1[.,]469[.,]13/);
    if (corrects) expect(text).toContain('RE-2026-00123');
    expect(text + row.html).not.toMatch(/Gutschrift|fällig|due on|14\.11\.2026|{{/i);
  },
);

test.each([
  [undefined, 'Rechnungsbetrag', '1.469,13', 'fällig am 14.11.2026'],
  [146_913, 'Rechnungsbetrag', '1.469,13', 'fällig am 14.11.2026'],
  [46_913, 'Zu zahlen', '469,13', 'fällig am 14.11.2026'],
  [0, 'Rechnungsbetrag', '1.469,13', 'schon verrechnet, es ist nichts zu zahlen'],
])('H9 an invoice of which %s cents are to be paid says so', async (payableMinor, label, amount, due) => {
  const { text } = (await issue({}, { payableMinor })) as unknown as { text: string };
  const flat = text.replaceAll(/\s+/g, ' ');
  expect(flat).toMatch(new RegExp(`${label}:? ${amount.replaceAll('.', '\\.')}.€.{0,5}${due}`));
  expect(flat.includes('Bitte geben Sie bei der Zahlung')).toBe(payableMinor !== 0);
});

test.each([
  [undefined, 'Amount due'],
  [0, 'Invoice total'],
])('H9 an invoice in English of which %s cents are to be paid says %s', async (payableMinor, label) => {
  const { html } = await issue({ language: 'en' }, { payableMinor });
  expect(['Amount due', 'Invoice total'].filter((each) => html.includes(each))).toEqual([label]);
});

const DEBIT = { collectedOn: '2026-11-16', mandateReference: 'M-851-1' };
test.each([
  [undefined, {}, 'Rechnungsbetrag', '1.469,13'],
  [46_913, {}, 'Wird eingezogen', '469,13'],
  [46_913, { language: 'en' }, 'To be collected', '469.13'],
] as const)(
  'I3 the mail of an invoice that is collected (%s, %j) names the day and asks for no transfer',
  async (payableMinor, wish, label, amount) => {
    const row = await issue(wish, { payableMinor, directDebit: DEBIT });
    const flat = (row as unknown as { text: string }).text.replaceAll(/\s+/g, ' ');
    const says =
      'language' in wish
        ? [
            'to be collected by SEPA direct debit on 16 Nov 2026',
            'Collection on',
            'There is nothing for you to transfer',
          ]
        : ['wird am 16.11.2026 per SEPA-Lastschrift eingezogen', 'Einzug am', 'Sie brauchen nichts zu überweisen'];
    for (const text of [label, amount, 'M-851-1', ...says]) expect(flat).toContain(text);
    expect(flat).not.toMatch(
      /Fällig|fällig|due on|Due on|14[.]11[.]2026|14 Nov|nichts zu zahlen|nothing to pay|Bitte geben Sie/,
    );
  },
);

test('I3 what a credit balance settled whole is not collected, and an event of earlier days still reads', async () => {
  const row = await issue({}, { payableMinor: 0, directDebit: DEBIT });
  const flat = (row as unknown as { text: string }).text.replaceAll(/\s+/g, ' ');
  expect(flat).toContain('schon verrechnet, es ist nichts zu zahlen');
  expect(flat).not.toMatch(/Lastschrift|Einzug/);
  expect(invoiceDocumentReadyV1.payload.parse(ready({ payableMinor: 0 }))).not.toHaveProperty('directDebit');
});

test('I3 the page behind the link says the same as the mail', async () => {
  const { html } = await issue({ invoiceLink: true }, { directDebit: DEBIT });
  expect(await look(tokenIn(html))).toMatchObject({ directDebit: DEBIT });
});

const tokenIn = (text: string) => /\/invoice\/([\w.-]+)/.exec(text)?.[1] ?? '';
const look = (token: string) => getLinkedInvoice(fixture.deps, { token }, worker);

test('H9 with the link of a mail its documents are read without a log-in, for 90 days', async () => {
  const { html } = await issue({ invoiceLink: true });
  const token = tokenIn(html);
  expect(html).toContain(`${PUBLIC_URL}/invoice/${token}`);
  // in a mail that is sent again weeks later, too
  expect(html).toContain('Belege ohne Anmeldung öffnen (bis zum 28.01.2027)');
  const shown = await look(token);
  expect(invoiceLinkActions.getLinkedInvoice.output.parse(shown)).toEqual({
    ...{ number: 'RE-2026-00123', kind: 'invoice', corrects: null, currency: 'EUR', language: 'de' },
    ...{ issueDate: '2026-10-31', dueDate: '2026-11-14', periodFrom: '2026-10-01', periodTo: '2026-10-31' },
    ...{ netMinor: 123_456, vatMinor: 23_457, grossMinor: 146_913 },
    ...{ issuerName: 'Muster Fulfillment GmbH', merchantName: 'Muster GmbH', expiresAt: '2027-01-29T20:00:00.000Z' },
    pdf: { filename: 'RE-2026-00123.pdf', bytes: 16 },
    xml: { filename: 'RE-2026-00123.xml', bytes: Buffer.byteLength(XML) },
    now: null,
  });
  const pdf = await getLinkedInvoicePdf(fixture.deps, { token }, worker);
  expect(String(await fixture.deps.store.read(pdf.objectKey))).toBe('%PDF-1.7 invoice');
  const xml = await getLinkedInvoiceXml(fixture.deps, { token }, worker);
  expect(String(await fixture.deps.store.read(xml.objectKey))).toBe(XML);
  fixture.clock.now = new Date('2027-01-29T19:59:59Z');
  expect(await look(token)).toEqual(shown);
  fixture.clock.now = new Date('2027-01-29T20:00:00Z');
  await expect(look(token)).rejects.toMatchObject({ code: 410, type: 'LINK_EXPIRED' });
});

/** What billing answers of the document by now. */
const STANDING = { state: 'finalized', openMinor: 46_913, directDebit: null, corrections: [] as object[] };
const CORRECTION = { number: 'RK-1', issueDate: '2026-11-02', grossMinor: -50_000 };
test.each([
  ['partly paid', {}, { openMinor: 46_913 }],
  ['collected on another day', { directDebit: DEBIT }, { directDebit: DEBIT }],
  ['paid', { openMinor: 0 }, { openMinor: 0 }],
  ['cancelled', { state: 'cancelled', openMinor: 0 }, { isCancelled: true, openMinor: 0 }],
  [
    'corrected',
    { corrections: [{ ...CORRECTION, id: MERCHANT_ID, kind: 'creditNote', reason: 'Nachlass', netMinor: -42_017 }] },
    { corrections: [{ ...CORRECTION, kind: 'creditNote' }] },
  ],
])('H9 the page behind a link tells what became of the invoice since it was mailed: %s', async (_what, since, now) => {
  const token = tokenIn((await issue({ invoiceLink: true })).html);
  const asked: unknown[] = [];
  const call = ((_action: unknown, { id }: { id: string }, { scope }: { scope: unknown }) => {
    asked.push({ id, scope });
    return Promise.resolve({ ...STANDING, ...since });
  }) as unknown as NotificationsFixture['deps']['call'];
  const shown = await getLinkedInvoice({ ...fixture.deps, call }, { token }, worker);
  expect(shown.now).toEqual({ isCancelled: false, openMinor: 46_913, directDebit: null, corrections: [], ...now });
  // as the merchant is told, which does not hear of what the house wrote off
  expect(asked).toEqual([{ id: ready().invoiceId, scope: [MERCHANT_ID] }]);
});

test('H9 a link that was not made here, is for something else or leads to nothing tells nothing', async () => {
  const token = tokenIn((await issue({ invoiceLink: true })).html);
  const { link } = fixture.deps.keys;
  const later = new Date('2027-01-01T00:00:00Z');
  const wrong = [
    ...['', 'a.b', `${token}A`, token.slice(1), token.replace('.', '..')],
    signToken(link, 'decide', { d: ready().invoiceId }, later),
    signToken(new Uint8Array(32), 'invoice', { d: ready().invoiceId }, later),
    signToken(link, 'invoice', { d: MERCHANT_ID }, later),
    signToken(link, 'invoice', { d: ready().invoiceId, more: 1 }, later),
    signToken(link, 'invoice', ready().invoiceId, later),
  ];
  for (const each of wrong) await expect(look(each)).rejects.toMatchObject({ code: 404, type: 'LINK_NOT_FOUND' });
  await expect(getLinkedInvoiceXml(fixture.deps, { token: 'a.b' }, worker)).rejects.toMatchObject({ code: 404 });
});

test('H9 switching links off ends those that were sent for good, also when the news comes late', async () => {
  const token = tokenIn((await issue({ version: 5, invoiceLink: true })).html);
  await fixture.arrive({ version: 4, invoiceLink: false });
  expect(await look(token)).toMatchObject({ number: 'RE-2026-00123' });
  await fixture.arrive({ version: 8, invoiceLink: true });
  expect(await look(token)).toMatchObject({ number: 'RE-2026-00123' });
  await fixture.arrive({ version: 6, invoiceLink: false });
  await expect(look(token)).rejects.toMatchObject({ code: 410, type: 'INVOICE_LINK_ENDED' });
  await fixture.arrive({ version: 9, invoiceLink: true });
  await expect(look(token)).rejects.toMatchObject({ code: 410, type: 'INVOICE_LINK_ENDED' });
  await fixture.announce(invoiceDocumentReadyV1, ready());
  await fixture.consumeAll();
  await expect(look(token)).rejects.toMatchObject({ code: 410 });
});

test('H9 a merchant that never wished for links has none, even with a key of ours', async () => {
  await issue();
  const token = signToken(
    fixture.deps.keys.link,
    'invoice',
    { d: ready().invoiceId },
    new Date('2027-01-01T00:00:00Z'),
  );
  await expect(look(token)).rejects.toMatchObject({ code: 404 });
});

test('H9 a stored mail shows its link to the merchant only; the mail itself has it', async () => {
  const { id, html } = await issue({ invoiceLink: true });
  const token = tokenIn(html);
  const readers = [
    [merchantUser(MERCHANT_ID), true],
    [{ ...merchantUser(MERCHANT_ID), roles: ['merchantDecider' as const] }, true],
    [person('finance'), false],
    [person('admin', 'lead'), false],
  ] as const;
  for (const [actor, sees] of readers) {
    const view = await getMessage(fixture.deps, { id }, actor);
    const { objectKey } = await getMessageSource(fixture.deps, { id }, actor);
    const source = String(await fixture.deps.store.read(objectKey)).replaceAll(/=\r\n/g, '');
    expect([actor.roles, view.html.includes(token), view.text.includes(token), source.includes(token)]).toEqual([
      actor.roles,
      sees,
      sees,
      sees,
    ]);
  }
  await sendDue(fixture.deps);
  expect(sink.mails[0]!.parsed.text).toContain(token);
});

test('H9 own texts of corrections are theirs alone and may name the original', async () => {
  await database.query(
    `insert into notifications.template_text (id, kind, language, texts, version, created_at, updated_at)
     values (gen_random_uuid(), 'cancellationReady', 'de', '{"subject":"Storno zu {{original.number}}"}', 1, now(), now())`,
  );
  expect(await issue()).toMatchObject({ subject: 'Rechnung RE-2026-00123 von Muster Fulfillment GmbH' });
  await queue.reset();
  const row = await issue({}, { kind: 'cancellation', corrects: CORRECTS, number: 'ST-7', ...MINUS });
  expect(row).toMatchObject({ subject: 'Storno zu RE-2026-00123' });
});
