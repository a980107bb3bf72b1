import type { TextsLike } from '../../app/i18n/texts.ts';
import type { financeDesk as german } from '../de/finance-desk.ts';

/** Running accounts, the last bill of a merchant, and disputes. */
export const financeDesk: TextsLike<typeof german> = {
  accounts: {
    title: 'Running accounts',
    lead: 'What is not billed yet for each merchant and what the month is heading for, net',
    leadOne: 'Not yet invoiced, up to {{day}}',
    views: { account: 'Account', contract: 'Contracts', record: 'Master data' },
    open: 'Not billed yet',
    expected: 'Expected by month end',
    apart: 'Unpriced or held',
    charges: 'Unbilled charges',
    emptyTitle: 'No merchants yet',
  },
  final: {
    action: 'Final invoice',
    question: 'Create the final invoice?',
    questionOf: 'Create the final invoice for {{name}}?',
    consequence:
      'Everything not billed up to the last day goes into a draft; minimums and monthly fees are charged by days under contract. Held charges stay where they are. Nothing is sent until you approve the draft and issue the invoice.',
    day: 'Last day',
    dayHint: 'The last day of the contract. It cannot be in the future.',
    open: '{{amount}} net is not billed yet.',
    goesOn: 'The contract continues beyond this day.',
    end: 'End the contract on {{day}}',
    startsLater: 'There is a contract that starts after this day. Choose a later day, or deal with that first.',
  },
  disputes: {
    title: 'Disputed batches',
    lead: 'What merchants dispute about their batches. You decide here whether they get money for it.',
    views: { disputed: 'Open', resolved: 'Settled' },
    view: 'View',
    batch: 'Batch {{number}}',
    number: 'Number',
    pieces: 'Disputed pieces',
    all: 'Pieces in all',
    since: 'Disputed on',
    solved: 'Settled on',
    handling: 'What this batch costs',
    creditHint:
      'As long as a charge is not billed, you can waive or hold it under Charges. What is on an invoice already is credited there.',
    held: 'Held charges',
    heldText: 'Charges under discussion are listed under Charges, view “Held”.',
    emptyTitle: 'Nothing is disputed',
    emptyText: 'When a merchant disputes a batch, it appears here.',
    emptyTitleSolved: 'Nothing settled yet',
  },
};
