import type { Language } from '../../../../shared/documents/formats.ts';

export interface Texts {
  subject: string;
  preheader: string;
  heading: string;
  intro: string;
  closing: string;
  inspected: string;
  /** Those not shown in full. */
  others: string;
  received: string;
  batches: string;
  shipped: string;
  returnOf: string;
  orderOf: string;
  inspectedOn: string;
  again: string;
  pieces: string;
  outcome: string;
  empty: string;
  columns: { return: string; order: string; kind: string; receivedOn: string; grades: string; pieces: string };
  shippedColumns: { order: string; carrier: string; tracking: string; pieces: string };
  batchColumns: { batch: string; carrier: string; tracking: string; pieces: string };
  inPortal: string;
  allInPortal: string;
  batchInPortal: string;
  photos: string;
  morePhotos: string;
  photoOf: string;
}

export const TEXTS: Record<Language, Texts> = {
  de: {
    subject: 'Ihre Tagesübersicht vom {{digest.day}}',
    preheader:
      'Geprüft: {{digest.inspected}}, eingetroffen: {{digest.received}}, Sammelrücksendungen: {{digest.batches}}, versandt: {{digest.shipped}}',
    heading: 'Tagesübersicht vom {{digest.day}}',
    intro: 'das hat sich seit der letzten Übersicht bei Ihren Retouren und Bestellungen getan.',
    closing:
      'Sie erhalten diese Übersicht einmal am Tag. Im Portal können Sie jederzeit auf einzelne Nachrichten umstellen.',
    inspected: 'Geprüfte Retouren',
    others: 'Weitere geprüfte Retouren',
    received: 'Eingetroffene Retouren',
    batches: 'Sammelrücksendungen an Sie',
    shipped: 'Versandte Bestellungen',
    returnOf: 'Retoure {{number}}',
    orderOf: 'Bestellung {{order}}',
    inspectedOn: 'Geprüft am {{day}} · {{kind}}',
    again: 'Erneut geprüft am {{day}}, ersetzt den früheren Befund · {{kind}}',
    pieces: '{{quantity}} × {{name}}',
    outcome: 'Verbleib',
    empty: 'In der Sendung war keine Ware.',
    columns: {
      return: 'Retoure',
      order: 'Bestellung',
      kind: 'Art',
      receivedOn: 'Eingetroffen',
      grades: 'Zustand',
      pieces: 'Stück',
    },
    shippedColumns: { order: 'Bestellung', carrier: 'Versand mit', tracking: 'Sendungsnummer', pieces: 'Stück' },
    batchColumns: { batch: 'Nummer', carrier: 'Versand mit', tracking: 'Sendungsnummer', pieces: 'Stück' },
    inPortal: 'Retoure {{number}} im Portal',
    allInPortal: 'Alle Retouren im Portal ansehen',
    batchInPortal: 'Sammelrücksendung {{number}} im Portal',
    photos: 'Fotos: {{count}}',
    morePhotos: 'Fotos: {{count}}, davon hier gezeigt: {{shown}}',
    photoOf: 'Foto {{index}} zu Retoure {{number}}',
  },
  en: {
    subject: 'Your summary of {{digest.day}}',
    preheader:
      'Inspected: {{digest.inspected}}, arrived: {{digest.received}}, batches: {{digest.batches}}, shipped: {{digest.shipped}}',
    heading: 'Summary of {{digest.day}}',
    intro: 'This is what happened with your returns and orders since the last summary.',
    closing: 'You receive this summary once a day. You can change to single messages in the portal at any time.',
    inspected: 'Returns inspected',
    others: 'Further returns inspected',
    received: 'Returns arrived',
    batches: 'Batches sent to you',
    shipped: 'Orders shipped',
    returnOf: 'Return {{number}}',
    orderOf: 'order {{order}}',
    inspectedOn: 'Inspected on {{day}} · {{kind}}',
    again: 'Inspected again on {{day}}, replaces the earlier finding · {{kind}}',
    pieces: '{{quantity}} × {{name}}',
    outcome: 'What happens next',
    empty: 'There were no goods in the parcel.',
    columns: {
      return: 'Return',
      order: 'Order',
      kind: 'Kind',
      receivedOn: 'Arrived',
      grades: 'Grades',
      pieces: 'Pieces',
    },
    shippedColumns: { order: 'Order', carrier: 'Carrier', tracking: 'Tracking number', pieces: 'Pieces' },
    batchColumns: { batch: 'Number', carrier: 'Carrier', tracking: 'Tracking number', pieces: 'Pieces' },
    inPortal: 'Return {{number}} in the portal',
    allInPortal: 'See all returns in the portal',
    batchInPortal: 'Batch {{number}} in the portal',
    photos: 'Photos: {{count}}',
    morePhotos: 'Photos: {{count}}, shown here: {{shown}}',
    photoOf: 'Photo {{index}} of return {{number}}',
  },
};
