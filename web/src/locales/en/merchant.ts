import type { TextsLike } from '../../app/i18n/texts.ts';
import type { merchant as german } from '../de/merchant.ts';

export const merchant: TextsLike<typeof german> = {
  nav: { today: 'Today' },
  today: {
    title: 'Today',
    lead: 'What is on its way to you and what came last',
    onTheWay: 'Open batches',
    latest: 'Latest returns',
    batch: 'Batch {{number}}',
    pieces_one: '{{count}} piece',
    pieces_other: '{{count}} pieces',
    tracking: 'Parcel {{number}}',
    noBatches: 'No batch is on its way to you at the moment.',
    noReturns: 'There are no returns yet.',
    order: 'Order {{number}}',
    photos_one: '{{count}} photo',
    photos_other: '{{count}} photos',
  },
};
