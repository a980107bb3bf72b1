import type { TextsLike } from '../../app/i18n/texts.ts';
import type { financeStock as german } from '../de/finance-stock.ts';

/** The stock ledger, and how bins are counted. */
export const financeStock: TextsLike<typeof german> = {
  stock: {
    title: 'Stock movements',
    lead: 'What came into stock and what left it, newest first. Returns are booked automatically.',
    book: 'Book a movement',
    question: 'Book a movement',
    consequence: 'The booking is permanent and cannot be deleted. Put a mistake right with a correction.',
    booked: 'Booked: {{quantity}} × {{sku}}',
    day: 'Day',
    sku: 'SKU',
    name: 'Name',
    kind: 'Kind',
    quantity: 'Pieces',
    quantityHint: { in: 'How many came in.', out: 'How many left.', correction: 'Negative if there are fewer.' },
    reference: 'Document',
    referenceHint: 'Delivery note, record or stocktake',
    reason: 'Reason',
    source: 'Source',
    sources: { return: 'Return {{number}}', booking: 'Document {{number}}', goods_in: 'Goods-in {{number}}' },
    unknown: 'without SKU',
    kinds: {
      goods_in: 'Goods in',
      disposed: 'Disposed of',
      rtv: 'Back to the merchant',
      correction: 'Correction',
      restocked: 'Restocked',
      restock_reversed: 'Restocking taken back',
    },
    quality: 'B-grade',
    emptyTitle: 'No movements yet',
    emptyText: 'Book goods-in, disposals and corrections when the stock is kept here.',
  },
  policy: {
    title: 'How bins are counted',
    lead: 'Applies to all merchants from the day given, and is printed on the invoice line.',
    none: 'Nothing is settled yet: every bin counts in full, even if it is emptied during the day.',
    from: 'From',
    emptied: 'Bins emptied during a day',
    shared: 'Bins with goods of several merchants',
    emptiedBins: { counts: 'count for the day', free: 'are free on that day' },
    sharedBins: {
      whole: 'count in full for each',
      byVolume: 'are split by volume',
      firstOwner: 'are paid by whoever was there first',
    },
    action: 'New way of counting',
    question: 'How are bins counted from then on?',
    consequence:
      'Days from that date that are not billed yet are counted again. What is billed stays. A saved way of counting can only be replaced by a later one.',
    validFrom: 'Valid from',
    done: 'This way of counting applies from {{day}}',
  },
};
