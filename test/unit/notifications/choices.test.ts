import { expect, test } from '@jest/globals';
import { INVOICE_KINDS } from '../../../shared/protocol/notifications/events.ts';
import { lastDigestDay, nextDigestDay } from '../../../services/notifications/domain/digest-day.ts';
import { withoutKeys } from '../../../services/notifications/domain/mask-links.ts';
import { CHOICES, modeOf, SETTING_KINDS } from '../../../services/notifications/domain/message-modes.ts';
import { reminderAt } from '../../../services/notifications/domain/reminder-time.ts';
import { trackingUrl } from '../../../shared/kernel/tracking-url.ts';
import { moment } from '../../../services/notifications/templates/moment.ts';

test.each([
  ['DHL', 'https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode=X1'],
  ['dhl paket', 'https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode=X1'],
  ['DHL Express', 'https://www.dhl.com/de-de/home/tracking.html?tracking-id=X1&submit=1'],
  ['DPD', 'https://tracking.dpd.de/status/de_DE/parcel/X1'],
  [' GLS Germany', 'https://gls-group.eu/DE/de/paketverfolgung?match=X1'],
  ['UPS', 'https://www.ups.com/track?tracknum=X1'],
  ['Hermes', 'https://www.myhermes.de/empfangen/sendungsverfolgung/sendungsinformation/#X1'],
  ['FedEx', 'https://www.fedex.com/fedextrack/?trknbr=X1'],
  ['DHLX', null],
  ['Spedition Meier', null],
  ['', null],
])('a parcel with %j is followed at %j', (carrier, url) => expect(trackingUrl(carrier, ' X 1 ')).toBe(url));

test('a tracking number never becomes another address', () => {
  expect(trackingUrl('DPD', '../../x?y=1#z')).toBe(
    'https://tracking.dpd.de/status/de_DE/parcel/..%2F..%2Fx%3Fy%3D1%23z',
  );
  expect(trackingUrl('DHL', '"><script>')).not.toMatch(/["<>]/);
  expect(trackingUrl('DHL', ' ')).toBeNull();
});

// 25 October 2026 is the day the clock goes back, 29 March the day it goes forward
test.each([
  ['2026-10-14T14:59:59Z', '2026-10-13', '2026-10-14'],
  ['2026-10-14T15:00:00Z', '2026-10-14', '2026-10-15'],
  ['2026-10-24T15:00:00Z', '2026-10-24', '2026-10-25'],
  ['2026-10-25T15:59:59Z', '2026-10-24', '2026-10-25'],
  ['2026-10-25T16:00:00Z', '2026-10-25', '2026-10-26'],
  ['2026-03-29T14:59:59Z', '2026-03-28', '2026-03-29'],
  ['2026-03-29T15:00:00Z', '2026-03-29', '2026-03-30'],
  ['2026-12-31T22:59:59Z', '2026-12-31', '2027-01-01'],
])('at %s the digest of %s is the last one due, and news go into that of %s', (at, last, next) => {
  expect(lastDigestDay(new Date(at), 'Europe/Berlin')).toBe(last);
  expect(nextDigestDay(new Date(at), 'Europe/Berlin')).toBe(next);
});

test.each([
  [48, 24],
  [36, 12],
  [35.9, null],
  [2, null],
  [720, 696],
])('with %d hours to decide, the reminder comes after %s', (hours, after) => {
  const asked = new Date('2026-10-14T09:30:00Z');
  const at = reminderAt(asked, new Date(asked.getTime() + hours * 3_600_000));
  expect(at && (at.getTime() - asked.getTime()) / 3_600_000).toBe(after);
});

test.each([
  ['2026-10-16T12:30:00Z', 'de', 'Freitag, 16.10.2026, 14:30\u00A0Uhr (MESZ)'],
  ['2026-10-16T12:30:00Z', 'en', 'Friday, 16\u00A0Oct\u00A02026, 14:30 (CEST)'],
  ['2026-12-31T23:05:00Z', 'de', 'Freitag, 01.01.2027, 00:05\u00A0Uhr (MEZ)'],
  ['2026-12-31T23:05:00Z', 'en', 'Friday, 1\u00A0Jan\u00A02027, 00:05 (CET)'],
] as const)('%s is told in %s as %j', (at, language, said) =>
  expect(moment(new Date(at), 'Europe/Berlin', language)).toBe(said),
);

test('a moment is told in the zone of the warehouse', () =>
  expect(moment(new Date('2026-10-16T12:30:00Z'), 'America/New_York', 'en')).toMatch(
    /^Friday, 16\sOct\s2026, 08:30 \(/,
  ));

test('what the merchant says counts before the house, and the house before the product', () => {
  expect(modeOf('returnInspected', null, null)).toBe('each');
  expect(modeOf('returnInspected', 'daily', null)).toBe('daily');
  expect(modeOf('returnInspected', 'daily', 'off')).toBe('off');
  expect(modeOf('returnReceived', null, null)).toBe('off');
});

test('J12 what must not be missed has one mode and says why', () => {
  for (const kind of SETTING_KINDS) {
    const { modes, standard, fixedBecause } = CHOICES[kind];
    expect(modes).toContain(standard);
    expect(fixedBecause === null).toBe(modes.length > 1);
  }
  for (const kind of INVOICE_KINDS) expect(CHOICES[kind].modes).toEqual(['each']);
  expect(CHOICES.decisionRequested.modes).toEqual(['each']);
});

test('keys are taken out of links wherever they stand', () => {
  const html = '<a href="https://x.de/decide/abc.D_e-f">x</a> https://x.de/decide/q.r\nnext';
  expect(withoutKeys(html, 'decide')).toBe('<a href="https://x.de/decide/…">x</a> https://x.de/decide/…\nnext');
  expect(withoutKeys(html, 'invoice')).toBe(html);
  const invoice = 'https://x.de/invoice/aB_-1.c-D_e https://x.de/merchant/invoices/0199e000';
  expect(withoutKeys(invoice, 'invoice')).toBe('https://x.de/invoice/… https://x.de/merchant/invoices/0199e000');
});
