import type { TextsLike } from '../../app/i18n/texts.ts';
import type { finance as german } from '../de/finance.ts';

export const finance: TextsLike<typeof german> = {
  nav: { runs: 'Runs', charges: 'Charges' },
  runs: {
    title: 'Billing runs',
    lead: 'Latest cut-off first',
    cutoff: 'Cut-off',
    state: 'State',
    merchants: 'Merchants',
    net: 'Net',
    gross: 'Gross',
    started: 'Started',
    startedBy: 'By',
    clock: 'Schedule',
    user: 'Person',
    emptyTitle: 'No run yet',
    emptyText: 'The next run starts by itself on its cut-off day.',
  },
  charges: {
    title: 'Charges',
    lead: 'Everything that is or was billed, newest first',
    day: 'Service day',
    type: 'Type',
    state: 'State',
    quantity: 'Quantity',
    section: 'Section',
    merchant: 'Merchant',
    from: 'From',
    to: 'To',
    emptyTitle: 'No charges yet',
    emptyText: 'Charges come as soon as something is shipped, inspected or stored.',
  },
};
