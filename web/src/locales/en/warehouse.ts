import type { TextsLike } from '../../app/i18n/texts.ts';
import type { warehouse as german } from '../de/warehouse.ts';

export const warehouse: TextsLike<typeof german> = {
  nav: { home: 'Scan', returns: 'Returns' },
  home: {
    title: 'What is in front of you?',
    field: 'Parcel, return, order or article',
    placeholder: 'Scan or type',
    hint: 'Tracking, RMA, return or order number, article number',
    search: 'Search',
    returns: 'Returns',
    orders: 'Shipped orders',
    unknown: 'Unknown parcel',
    unknownText: 'Nothing is known about “{{code}}”.',
    pieces_one: '{{count}} piece',
    pieces_other: '{{count}} pieces',
    shipped: 'shipped {{at}}',
  },
  list: {
    title: 'Returns',
    lead: 'Announced, received and inspected',
    number: 'Number',
    state: 'State',
    order: 'Order',
    tracking: 'Parcel',
    pieces: 'Pieces',
    photos: 'Photos',
    created: 'Recorded',
    received: 'Received',
    emptyTitle: 'No returns',
    emptyText: 'As soon as a return is announced or received, it stands here.',
  },
};
