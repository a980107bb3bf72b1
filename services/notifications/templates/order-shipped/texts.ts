import type { Language } from '../../../../shared/documents/formats.ts';

export interface Texts {
  subject: string;
  preheader: string;
  heading: string;
  intro: string;
  further: string;
  labels: {
    order: string;
    channel: string;
    shippedOn: string;
    carrier: string;
    tracking: string;
    parcels: string;
    weight: string;
    pieces: string;
  };
  track: string;
  items: string;
  columns: { article: string; sku: string; quantity: string };
  closing: string;
}

export const TEXTS: Record<Language, Texts> = {
  de: {
    subject: 'Versandt: Bestellung {{order.number}}',
    preheader: 'Versandt am {{shipment.shippedOn}}, Stück: {{shipment.pieces}}',
    heading: 'Ware aus Bestellung {{order.number}} ist unterwegs',
    intro: 'wir haben am {{shipment.shippedOn}} Ware aus der Bestellung {{order.number}} an Ihre Kundschaft versandt.',
    further: 'Dies ist eine weitere Sendung zu einer Bestellung, aus der schon Ware versandt wurde.',
    labels: {
      order: 'Bestellung',
      channel: 'Verkaufskanal',
      shippedOn: 'Versandt am',
      carrier: 'Versand mit',
      tracking: 'Sendungsnummer',
      parcels: 'Pakete',
      weight: 'Gewicht',
      pieces: 'Stück',
    },
    track: 'Sendung verfolgen',
    items: 'Inhalt',
    columns: { article: 'Artikel', sku: 'Artikelnummer', quantity: 'Menge' },
    closing:
      'Ob Sie solche Nachrichten einzeln, einmal am Tag gesammelt oder gar nicht erhalten, wählen Sie im Portal unter „Einstellungen“.',
  },
  en: {
    subject: 'Shipped: order {{order.number}}',
    preheader: 'Shipped on {{shipment.shippedOn}}, pieces: {{shipment.pieces}}',
    heading: 'Goods of order {{order.number}} are on their way',
    intro: 'On {{shipment.shippedOn}} we shipped goods of order {{order.number}} to your customer.',
    further: 'This is a further shipment of an order of which goods were shipped before.',
    labels: {
      order: 'Order',
      channel: 'Sales channel',
      shippedOn: 'Shipped on',
      carrier: 'Carrier',
      tracking: 'Tracking number',
      parcels: 'Parcels',
      weight: 'Weight',
      pieces: 'Pieces',
    },
    track: 'Follow the shipment',
    items: 'Contents',
    columns: { article: 'Item', sku: 'SKU', quantity: 'Qty' },
    closing:
      'In the portal, under “Settings”, you choose whether such messages come one by one, once a day in one mail, or not at all.',
  },
};
