import type { TextsLike } from '../../app/i18n/texts.ts';
import type { merchantInvoices as german } from '../de/merchant-invoices.ts';

/** What was billed, and what will be. */
export const merchantInvoices: TextsLike<typeof german> = {
  invoices: {
    title: 'Invoices',
    lead: 'Every line opens its evidence, down to the photo.',
    invoice: 'Invoice {{number}}',
    number: 'Number',
    issued: 'Invoice date',
    period: 'Period',
    due: 'Due',
    state: 'State',
    states: { draft: 'Draft', finalized: 'Issued', cancelled: 'Cancelled' },
    net: 'Net',
    gross: 'Gross',
    vat: 'VAT {{rate}}',
    total: 'Total',
    lines: 'Lines',
    pdf: 'Invoice as PDF',
    pdfLater: 'The PDF is being made.',
    evidence: 'Itemised evidence (CSV)',
    emptyTitle: 'No invoices yet',
    emptyText: 'What has accrued so far is in the running account.',
  },
  account: {
    title: 'Running account',
    lead: 'What has accrued since the last invoice, at the prices of the next one, up to {{day}}',
    total: 'So far',
    net: 'Net, without VAT',
    unrated_one: '{{count}} charge has no price yet and is not included.',
    unrated_other: '{{count}} charges have no price yet and are not included.',
    held_one: '{{count}} charge is held and not included.',
    held_other: '{{count}} charges are held and not included.',
    emptyTitle: 'Nothing yet',
    emptyText: 'There are no charges since the last invoice.',
  },
};
