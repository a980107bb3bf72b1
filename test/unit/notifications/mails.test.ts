import { expect, test } from '@jest/globals';
import type { DigestFacts } from '../../../services/notifications/templates/digest/view.ts';
import { letterOf, LETTERS, TEMPLATES } from '../../../services/notifications/templates/index.ts';
import { renderLetter, type RenderedMail } from '../../../services/notifications/templates/render.ts';
import type { Letter, Reader } from '../../../services/notifications/templates/template.ts';
import { CONSUMERS } from '../../../shared/protocol/consumers.ts';
import type { TemplateKind } from '../../../shared/protocol/notifications/template-actions.ts';
import { returnInspectedV1 } from '../../../shared/protocol/returns/events.ts';
import {
  asked,
  desk,
  dispatched,
  inspected,
  inspectedItem,
  photo,
  ready,
  received,
  shipped,
} from '../../support/mail-samples.ts';

const DAY: DigestFacts = {
  day: '2026-10-14',
  inspected: [inspected()],
  received: [received()],
  batches: [dispatched()],
  shipped: [shipped()],
};
const SAMPLES: Record<TemplateKind, unknown> = {
  orderShipped: shipped(),
  returnReceived: received(),
  returnInspected: inspected(),
  decisionRequested: asked(),
  decisionReminder: asked(),
  batchDispatched: dispatched(),
  jobApprovalAsked: letterOf('jobApprovalAsked').sample('de'),
  disputeAnswered: letterOf('disputeAnswered').sample('de'),
  invoiceReady: ready(),
  directDebitAnnounced: letterOf('directDebitAnnounced').sample('de'),
  dunningNotice: letterOf('dunningNotice').sample('de'),
  cancellationReady: letterOf('cancellationReady').sample('de'),
  creditNoteReady: letterOf('creditNoteReady').sample('de'),
  digest: DAY,
};
const german: Reader = { name: 'Muster GmbH', number: '851', language: 'de' };

const write = (kind: TemplateKind, payload: unknown = SAMPLES[kind], reader = german): RenderedMail & Letter => {
  const letter = letterOf(kind).write(payload, reader, desk());
  return { ...letter, ...renderLetter(letter, reader, 'Kontor') };
};

test('every template listens to what the list of consumers says', () => {
  for (const { consumer, event } of TEMPLATES) expect(CONSUMERS[consumer]).toBe(event.type);
});

const CASES = LETTERS.flatMap(({ kind }) => (['de', 'en'] as const).map((language) => [kind, language] as const));

test.each(CASES)('%s in %s: HTML and text say the same, fetch nothing and leave no placeholder', (kind, language) => {
  const { html, text, subject, blocks } = write(kind, SAMPLES[kind], { ...german, language });
  expect(html).toContain(`<html lang="${language}">`);
  expect(html + text + subject).not.toMatch(/\{\{|undefined|NaN|\[object/);
  expect(html).not.toMatch(/url\(|<script|<link|@import|src="(?!cid:)/i);
  // nothing but links that a person clicks, to the portal and to the carrier
  expect(html.replaceAll(/href="https:\/\/(kontor\.example\.com|www\.dhl\.de)\//g, '')).not.toMatch(/https?:/);
  expect(html).toContain('max-width:600px');
  for (const block of blocks)
    if (block.type === 'facts')
      for (const [label, value] of block.facts) {
        expect(text).toContain(`${label}: ${value}`);
        expect(html).toContain(value);
      }
  for (const [, url] of html.matchAll(/href="([^"]*)"/g))
    if (!url!.includes('/photos/')) expect(text).toContain(url!.replaceAll('&amp;', '&'));
  expect(subject).toMatch(kind === 'digest' ? /14/ : /\d{5}/);
});

test('the finding of a return: article, quantity, grade with its meaning, reason, note and what happens next', () => {
  const { html, text } = write('returnInspected');
  for (const said of [
    'Teelichthalter „Herz“, weiß',
    'Menge: 2 · Artikelnummer: 85123A',
    'Defekt: beschädigt oder unbrauchbar',
    'Transportschaden',
    'geht mit der nächsten Sammelrücksendung an Sie zurück',
    'Wie neu: als neu verkäuflich',
    'wieder eingelagert als A-Ware',
    'Unbekannter Artikel',
    'nicht bewertet',
    'noch nicht entschieden',
  ]) {
    expect(html).toContain(said);
    expect(text).toContain(said);
  }
  expect(html).toContain('Riss am Sockel.<br>Originalverpackung fehlt.');
  expect(text).toContain('  > Originalverpackung fehlt.');
});

test('a return of no known order names its RMA and tracking numbers; stored news without them are told as before', () => {
  const unknown = { orderNumber: null, trackingNumber: '00340434161094000042', externalNumber: 'RMA-9' };
  const { text } = write('returnInspected', inspected(unknown));
  expect(text).toContain('RMA-Nummer: RMA-9\nSendungsnummer: 00340434161094000042');
  expect(write('returnInspected', inspected({ ...unknown, orderNumber: '4711' })).text).not.toMatch(
    /RMA|Sendungsnummer/,
  );
  const { trackingNumber: _, externalNumber: __, ...earlier } = inspected({ orderNumber: null });
  expect(returnInspectedV1.payload.parse(earlier)).toMatchObject({ trackingNumber: null, externalNumber: null });
});

test.each([
  ['de', /Guten Tag,\s+bei den folgenden Rechnungen ist noch ein Betrag offen\./],
  ['en', /Hello,\s+An amount is still open on the following invoices\./],
] as const)('a dunning notice in %s is true also after a part of it was paid', (language, says) => {
  const { text } = write('dunningNotice', letterOf('dunningNotice').sample(language), { ...german, language });
  expect(text).toMatch(says);
  expect(text).not.toMatch(/Zahlungseingang|received a payment/);
});

test('an empty parcel is said to have been empty', () =>
  expect(write('returnInspected', inspected({ items: [] })).text).toContain('In der Sendung war keine Ware.'));

test('a return that was inspected again says that this finding replaces the earlier one', () => {
  expect(write('returnInspected').text).not.toContain('erneut');
  expect(write('returnInspected', inspected({ revision: 1 })).text).toContain('ersetzt unseren früheren');
});

test('at most 12 photos travel with a mail, every item has its first one, and the rest is counted', () => {
  const photos = (name: string, count: number) => Array.from({ length: count }, (_, index) => photo(`${name}${index}`));
  const items = [inspectedItem({ photos: photos('a', 20) }), inspectedItem({ photos: photos('b', 2) })];
  const { attachments, html, text } = write('returnInspected', inspected({ items, photos: photos('p', 3) }));
  expect(attachments).toHaveLength(12);
  expect(attachments.every(({ cid }) => cid !== null && html.includes(`src="cid:${cid}"`))).toBe(true);
  expect(html.match(/<img /g)).toHaveLength(12);
  for (const line of ['Fotos: 20, davon hier gezeigt: 7', 'Fotos: 2', 'Fotos: 3']) expect(text).toContain(line);
});

test('a photo whose key does not hold its hash is refused', () => {
  const photos = [{ ...photo(1), thumbKey: 'photos/one.jpg' }];
  expect(() => write('returnInspected', inspected({ photos }))).toThrow(/does not hold its hash/);
});

test('a batch tells carrier, tracking number, parcels, weight and pieces, and long ones are cut with a count', () => {
  const { text } = write('batchDispatched');
  for (const line of [
    'Versand mit: DHL',
    'Sendungsnummer: 00340434161094042557',
    'Pakete: 2',
    'Gewicht: 12,45\u00A0kg',
    'Stück: 4',
  ])
    expect(text).toContain(line);
  expect(text).toContain('Retoure: RT-2026-00042 | Artikel: Teelichthalter „Herz“, weiß, 85123A | Zustand: Defekt');
  const [item] = dispatched().items;
  const long = write('batchDispatched', dispatched({ items: Array.from({ length: 200 }, () => item!) }));
  expect(long.text).toContain('weitere Positionen: 120');
  expect(long.html.length).toBeLessThan(100_000);
});

test('an invoice mail tells number, period, amounts and due day, and carries the PDF in the name of the issuer', () => {
  const { text, attachments, subject, issuerName } = write('invoiceReady');
  expect(issuerName).toBe('Muster Fulfillment GmbH');
  expect(subject).toBe('Rechnung RE-2026-00123 von Muster Fulfillment GmbH');
  expect(text).toContain('Leistungszeitraum: 01.10.2026 – 31.10.2026');
  expect(text).toContain('Rechnungsbetrag: 1.469,13\u00A0€\nfällig am 14.11.2026');
  expect(attachments).toEqual([
    { ...attachments[0], filename: 'RE-2026-00123.pdf', contentType: 'application/pdf', cid: null },
  ]);
});

test('text of merchants and workers is shown as it was written: no markup, no template, no turned direction', () => {
  const evil = '<script>alert(1)</script> {{merchant.number}} "x" \u202Egnp.exe';
  const items = [inspectedItem({ name: evil, note: evil, reason: '<b>{{x}}</b>', photos: [photo(1)] })];
  const { html, text } = write('returnInspected', inspected({ items }), {
    ...german,
    name: '<i>A&B</i> {{issuer.name}}',
  });
  expect(html).not.toMatch(/<script|<b>|<i>/);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; {{merchant.number}} &quot;x&quot; gnp.exe');
  expect(html + text).not.toContain('\u202E');
});

test.each(['Muster\r\nBcc: evil@example.com', 'Muster\nX: y', 'Muster\u0000\u0085GmbH', 'Muster\u2028GmbH'])(
  'a name with a line break (%j) does not break a header',
  (name) => {
    const letter = {
      issuerName: name,
      subject: `Rechnung ${name}`,
      preheader: '',
      heading: '',
      blocks: [],
      attachments: [],
    };
    const { subject, issuerName } = renderLetter(letter, german, 'Kontor');
    // eslint-disable-next-line no-control-regex
    for (const header of [subject, issuerName]) expect(header).not.toMatch(/[\u0000-\u001F\u007F\u0085\u2028\u2029]/);
  },
);

const CORRECTS = {
  invoiceId: '0e0f0d5e-4a57-4d1c-8d9f-0d4f8f0b1a11',
  number: 'RE-2026-00042',
  issueDate: '2026-11-01',
};
test.each([
  ['cancellation', CORRECTS, 'de', 'Stornorechnung', 'hebt die Rechnung RE-2026-00042 auf'],
  ['cancellation', CORRECTS, 'en', 'Cancellation', 'reverses invoice RE-2026-00042 as a whole'],
  ['creditNote', CORRECTS, 'de', 'Rechnungskorrektur', 'RE-2026-00042 vom 01.11.2026'],
  ['creditNote', CORRECTS, 'en', 'Credit note', 'For invoice: RE-2026-00042 of'],
  ['creditNote', null, 'de', 'Rechnungskorrektur', 'mit dem Betrag, den wir Ihnen weniger berechnen'],
  ['creditNote', null, 'en', 'Credit note', 'with the amount we charge you less'],
] as const)(
  'H5 H6 H7 the mail of a %s that corrects %j, in %s, says what it is and asks for nothing',
  (kind, corrects, language, title, says) => {
    const payload = { ...ready(), kind, corrects, grossMinor: -11_900, netMinor: -10_000, vatMinor: -1_900 };
    const { subject, text } = write(`${kind}Ready`, payload, { ...german, language });
    expect(subject).toContain(title);
    expect(text).toContain(says);
    expect(subject + text).not.toMatch(/Gutschrift|fällig|due on|Bankverbindung|\{\{|undefined/);
  },
);

test.each([
  ['cancellation', 'de', 'was Sie auf die Rechnung schon bezahlt haben, verrechnen wir'],
  ['cancellation', 'en', 'what you have already paid on the invoice is set against'],
  ['creditNote', 'de', 'was Ihnen daraus zusteht, verrechnen wir'],
  ['creditNote', 'en', 'what it leaves due to you is set against'],
] as const)('H6 H7 the mail of a %s, in %s, promises no more than it gives back', (kind, language, says) => {
  const payload = { ...ready(), kind, corrects: CORRECTS, grossMinor: -11_900, netMinor: -10_000, vatMinor: -1_900 };
  const { text } = write(`${kind}Ready`, payload, { ...german, language });
  expect(text.replace(/\s+/g, ' ')).toContain(says);
  if (kind === 'creditNote') expect(text).not.toMatch(/bezahlt haben|have (already )?paid/);
});

test.each([
  ['de', 'Was Sie inzwischen bezahlt haben, brauchen Sie nicht noch einmal zu überweisen.'],
  ['en', 'Whatever you have paid in the meantime need not be paid again.'],
] as const)('I4 the mail of a dunning letter, in %s, does not give up its interest and lump sum', (language, says) => {
  const { text } = write('dunningNotice', letterOf('dunningNotice').sample(language), { ...german, language });
  expect(text.replace(/\s+/g, ' ')).toContain(says);
  expect(text).not.toMatch(/gegenstandslos|disregard/);
});
