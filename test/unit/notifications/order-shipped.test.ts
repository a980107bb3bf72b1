import { expect, test } from '@jest/globals';
import { orderShipped } from '../../../services/notifications/templates/order-shipped/template.ts';
import { renderLetter } from '../../../services/notifications/templates/render.ts';
import { desk, shipped, type Shipped } from '../../support/mail-samples.ts';

const mail = (overrides: Partial<Shipped> = {}, language: 'de' | 'en' = 'de') => {
  const reader = { name: 'Muster GmbH', number: '851', language };
  return renderLetter(orderShipped.write(shipped(overrides) as never, reader, desk()), reader, 'Kontor');
};

test('J12 the shipping notice tells order, day, carrier, tracking number, weight and every article', () => {
  const { subject, text } = mail();
  expect(subject).toBe('Versandt: Bestellung 536365');
  for (const said of [
    'Bestellung: 536365',
    'Verkaufskanal: shop',
    'Versandt am: 14.10.2026',
    'Versand mit: DHL',
    'Sendungsnummer: 00340434161094000077',
    'Pakete: 1',
    'Gewicht: 1,85\u00A0kg',
    'Stück: 4',
    'Sendung verfolgen:\nhttps://www.dhl.de/',
    'Artikel: Teelichthalter „Herz“, weiß | Artikelnummer: 85123A | Menge: 3',
  ])
    expect(text).toContain(said);
  expect(text).not.toContain('weitere Sendung');
  expect(mail({}, 'en').subject).toBe('Shipped: order 536365');
});

test('J12 a shipping notice leaves out what nobody noted, and says when an order leaves in parts', () => {
  const { text } = mail({ carrier: null, trackingNumber: null, weightGrams: 0, firstShipment: false });
  expect(text).not.toMatch(/Versand mit|Sendungsnummer|Gewicht|Sendung verfolgen/);
  expect(text).toContain('weitere Sendung zu einer Bestellung');
  expect(mail({ carrier: 'Spedition Meier' }).text).not.toContain('Sendung verfolgen');
});

test('J12 a shipping notice of many articles is not cut off by mail programs', () => {
  const [line] = shipped().lines;
  const { html, text } = mail({ lines: Array.from({ length: 300 }, () => ({ ...line!, name: 'ä'.repeat(100) })) });
  expect(html.length).toBeLessThan(100_000);
  expect(text).toContain('weitere Positionen: 220');
});
