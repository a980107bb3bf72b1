import type { TextsLike } from '../../app/i18n/texts.ts';
import type { financeStock as german } from '../de/finance-stock.ts';

/** The stock ledger, and how bins are counted. */
export const financeStock: TextsLike<typeof german> = {
  stock: {
    title: 'Stock movements',
    lead: 'What came into the stock and left it, newest first. Returns book themselves.',
    book: 'Book a movement',
    question: 'Book a movement',
    consequence: 'The booking stays and is not deleted. Make good a mistake with a correction.',
    booked: 'Booked: {{quantity}} × {{sku}}',
    day: 'Day',
    sku: 'Article number',
    name: 'Name',
    kind: 'Kind',
    quantity: 'Pieces',
    quantityHint: { in: 'So many came in.', out: 'So many left.', correction: 'Negative when there are fewer.' },
    reference: 'Document',
    referenceHint: 'Delivery note, protocol or stocktake',
    reason: 'Reason',
    source: 'Source',
    sources: { return: 'Return {{number}}', booking: 'Document {{number}}', goods_in: 'Goods-in {{number}}' },
    unknown: 'without article number',
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
    lead: 'Holds for all merchants from the day named, and stands on the invoice line.',
    none: 'Nothing is settled yet: every bin counts whole, also when it is emptied in the course of the day.',
    from: 'From',
    emptied: 'Bins emptied in the course of a day',
    shared: 'Bins with goods of several merchants',
    emptiedBins: { counts: 'count for the day', free: 'are free on that day' },
    sharedBins: {
      whole: 'count whole for each',
      byVolume: 'are divided by volume',
      firstOwner: 'are paid by who was there first',
    },
    action: 'New way of counting',
    question: 'How is it counted from then on?',
    consequence:
      'Days from that date that are not billed yet are counted anew. What is billed stays. A stored way of counting is only followed by a later one.',
    validFrom: 'Valid from',
    done: 'This way of counting holds from {{day}}',
  },
};
