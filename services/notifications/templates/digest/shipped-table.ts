import type { Language } from '../../../../shared/documents/formats.ts';
import type { Block } from '../content.ts';
import type { Shipped } from '../order-shipped/template.ts';
import { WORDS } from '../words.ts';
import { TEXTS } from './texts.ts';

/** What left the warehouse, a line for each shipment; nothing without any. */
export function shippedTable(shipped: readonly Shipped[], language: Language, maxRows: number): Block[] {
  if (!shipped.length) return [];
  const [{ shippedColumns: columns }, { none }] = [TEXTS[language], WORDS[language]];
  return [
    {
      type: 'table',
      head: [columns.order, columns.carrier, columns.tracking, columns.pieces],
      rows: shipped
        .slice(0, maxRows)
        .map(({ orderNumber, carrier, trackingNumber, pieces }) => [
          orderNumber,
          carrier ?? none,
          trackingNumber ?? none,
          String(pieces),
        ]),
      numeric: [false, false, false, true],
      widths: [28, 22, 38, 12],
    },
  ];
}
