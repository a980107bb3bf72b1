import { expect, test } from '@jest/globals';
import { letterOf } from '../../../services/notifications/templates/index.ts';
import { renderLetter } from '../../../services/notifications/templates/render.ts';
import { writtenLetter, type WrittenLetter } from '../../../services/notifications/templates/individual/letter.ts';
import { verifyPath } from '../../../shared/links/path.ts';
import type { TemplateKind } from '../../../shared/protocol/notifications/template-actions.ts';
import {
  asked,
  desk,
  dispatched,
  inspected,
  inspectedItem,
  photo,
  received,
  shipped,
} from '../../support/mail-samples.ts';

const KEY = new Uint8Array(32).fill(7);
const reader = { name: 'Muster GmbH', number: '851', language: 'de' as const };
const mail = (kind: TemplateKind, payload: unknown) => {
  const letter = letterOf(kind).write(payload, reader, desk());
  return { ...letter, ...renderLetter(letter, reader, 'Kontor') };
};

test('C1 the mail about an inspection shows note, grade, what happens next, thumbs that open larger, and the way to the portal', () => {
  const items = [inspectedItem({ photos: [photo(1), photo(2)] })];
  const { html, text, attachments } = mail('returnInspected', inspected({ items, photos: [photo('p')] }));
  for (const said of ['Defekt: beschädigt oder unbrauchbar', 'geht mit der nächsten Sammelrücksendung an Sie zurück'])
    expect(html).toContain(said);
  expect(html).toContain('Riss am Sockel.');
  const page = `https://kontor.example.com/merchant/returns/${inspected().returnId}`;
  expect(html).toContain(`href="${page}"`);
  expect(text).toContain(page);
  expect(attachments.map(({ cid }) => cid)).toEqual([1, 2, 'p'].map((name) => `${photo(name).photoId}@photos`));
  const links = [
    ...html.matchAll(
      /<a href="https:\/\/kontor\.example\.com(\/api\/v1\/photos\/([^/]+)\/web)\?([^"]+)"[^>]*><img src="cid:([^@]+)@photos"/g,
    ),
  ];
  expect(links.map(([, , id]) => id)).toEqual([1, 2, 'p'].map((name) => photo(name).photoId));
  for (const [, path, id, query, cid] of links) {
    expect(id).toBe(cid);
    const { expires = '', signature = '' } = Object.fromEntries(new URLSearchParams(query!.replaceAll('&amp;', '&')));
    const end = verifyPath(KEY, path!, { expires, signature }, new Date('2026-10-15T00:00:00Z'));
    expect(end.toISOString()).toBe('2027-01-12T12:00:00.000Z');
  }
});

test('C1 the mail names what else was found out about goods, and reasons in the language of its reader', () => {
  const items = [
    inspectedItem({
      ...{ reason: 'damaged', reasonText: { de: 'Beim Transport beschädigt', en: 'Damaged in transit' } },
      ...{ serialNumbers: ['SN-1', 'SN-2'], serialMismatch: true, batchNumber: 'L-77', bestBefore: '2027-03-31' },
    }),
  ];
  const { text } = mail('returnInspected', inspected({ items }));
  for (const line of [
    'Grund: Beim Transport beschädigt',
    'Seriennummern: SN-1, SN-2 (weicht von der Lieferung ab)',
    'Charge: L-77',
    'Mindestens haltbar bis: 31.03.2027',
  ])
    expect(text).toContain(line);
});

test('C7 the mail about a batch leads to the carrier where it is known, and to the packing list in the portal', () => {
  const page = `https://kontor.example.com/merchant/batches/${dispatched().batchId}`;
  const known = mail('batchDispatched', dispatched());
  expect(known.text).toContain('Sendung verfolgen:\nhttps://www.dhl.de/');
  expect(known.text).toContain(page);
  const unknown = mail('batchDispatched', dispatched({ carrier: 'Spedition Meier' }));
  expect(unknown.text).not.toContain('Sendung verfolgen');
  expect(unknown.html).toContain(`href="${page}"`);
});

test('C3 many items and photos make a mail that programs do not cut off', () => {
  const [item] = asked().items;
  const items = Array.from({ length: 200 }, (_, index) => ({
    ...item!,
    photos: [photo(`a${index}`), photo(`b${index}`)],
  }));
  const { html, attachments, text } = mail('decisionRequested', asked({ items }));
  expect(attachments).toHaveLength(12);
  expect(html.length).toBeLessThan(100_000);
  expect(text).toContain('weitere Positionen: 170');
});

test('C1 a digest of a heavy day is not cut off either', () => {
  const note = 'Der Karton ist aufgerissen. '.repeat(70);
  const items = Array.from({ length: 5 }, (_, index) => inspectedItem({ note, photos: [photo(index)] }));
  const one = inspected({ items });
  const facts = {
    day: '2026-10-14',
    inspected: Array.from({ length: 200 }, (_, index) => ({ ...one, number: `RT-2026-${index}` })),
    received: Array.from({ length: 200 }, () => received()),
    batches: Array.from({ length: 40 }, () => dispatched()),
    shipped: Array.from({ length: 300 }, () => shipped()),
  };
  const { html, attachments, text } = mail('digest', facts);
  expect(attachments).toHaveLength(12);
  expect(html.length).toBeLessThan(100_000);
  // 6 in full, 10 in a line each
  expect(text).toContain('Retoure: RT-2026-15 | Bestellung: 536365 | Zustand: Defekt | Stück: 10');
  for (const line of [
    'weitere Positionen: 184',
    'weitere Positionen: 190',
    'weitere Positionen: 30',
    'weitere Positionen: 290',
  ])
    expect(text).toContain(line);
});

test.each<[WrittenLetter['audience'], WrittenLetter['about']['type'], string | null]>([
  ['merchant', 'return', '/merchant/returns/x'],
  ['merchant', 'rtvBatch', '/merchant/batches/x'],
  ['merchant', 'invoice', '/merchant/invoices/x'],
  ['merchant', 'order', null],
  ['consumer', 'return', null],
  ['consumer', 'order', null],
])('J19 a letter to a %s about a %s leads to %s', (audience, type, page) => {
  const written = {
    audience,
    subject: 'Frage',
    body: 'Zeile 1\nZeile 2\n\nAbsatz',
    about: { type, id: 'x', number: 'N-1' },
  };
  const letter = writtenLetter(written, 'de', desk().links);
  const { html, text } = renderLetter(letter, reader, 'Kontor', audience === 'consumer' ? 'consumer' : 'written');
  expect(html.includes('/merchant/')).toBe(page !== null);
  if (page) expect(text).toContain(page);
  expect(html).toContain('Zeile 1<br>Zeile 2</p>');
  expect(html.includes('851')).toBe(audience === 'merchant');
});
