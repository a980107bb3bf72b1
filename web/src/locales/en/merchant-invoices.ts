import type { TextsLike } from '../../app/i18n/texts.ts';
import type { merchantInvoices as german } from '../de/merchant-invoices.ts';

/** What was billed, and what will be. */
export const merchantInvoices: TextsLike<typeof german> = {
  invoices: {
    title: 'Invoices',
    lead: 'Every line opens its evidence, down to the photo.',
    collected: 'Your invoices are collected by SEPA direct debit: mandate {{reference}}, account {{iban}}.',
    number: 'Number',
    issued: 'Invoice date',
    period: 'Period',
    due: 'Due',
    collectedOn: 'Will be collected on',
    mandate: 'Mandate reference',
    state: 'State',
    states: { draft: 'Draft', finalized: 'Issued', cancelled: 'Cancelled' },
    net: 'Net',
    gross: 'Gross',
    total: 'Total',
    lines: 'Lines',
    pdf: 'Document as PDF',
    pdfLater: 'The PDF is being made.',
    xml: 'E-invoice (XML)',
    evidence: 'Itemised evidence (CSV)',
    emptyTitle: 'No invoices yet',
    emptyText: 'What has accrued so far is under “My account”.',
  },
  account: {
    title: 'My account',
    lead: 'What has accrued since the last invoice, at the prices of the next one, up to {{day}}',
  },
};
