import type { TextsLike } from '../../app/i18n/texts.ts';
import type { financeDesk as german } from '../de/finance-desk.ts';

/** Running accounts, the last bill of a merchant, and disputes. */
export const financeDesk: TextsLike<typeof german> = {
  accounts: {
    title: 'Running accounts',
    lead: 'What each merchant has open so far and what the month is heading for, net',
    leadOne: 'Not yet invoiced, up to {{day}}',
    views: { account: 'Account', contract: 'Contracts' },
    open: 'Open so far',
    expected: 'Expected by month end',
    apart: 'Charges to clear up',
    charges: 'Open charges',
    emptyTitle: 'No merchants yet',
  },
  final: {
    action: 'Final invoice',
    question: 'Create the final invoice?',
    questionOf: 'Create the final invoice for {{name}}?',
    consequence:
      'Everything open up to the last day goes into a draft; minimums and monthly fees count by days under contract. Held charges stay where they are. Nothing is sent until you approve and issue the draft.',
    day: 'Last day',
    dayHint: 'The end of the contract; not in the future.',
    open: '{{amount}} net is open at the moment.',
    goesOn: 'The contract continues beyond this day.',
    end: 'End the contract on {{day}}',
    startsLater: 'There is a contract that starts after this day. Choose a later day, or deal with that first.',
  },
  disputes: {
    title: 'Disputes',
    lead: 'What merchants dispute about their batches. You decide here whether money is credited.',
    views: { disputed: 'Open', resolved: 'Settled' },
    view: 'View',
    batch: 'Batch {{number}}',
    number: 'Number',
    pieces: 'Disputed pieces',
    all: 'Pieces',
    since: 'Disputed',
    solved: 'Settled',
    handling: 'What this batch costs',
    creditHint: 'Give the money back through the charges afterwards: waive or hold a charge while it is not billed.',
    held: 'Held charges',
    heldText: 'Charges under discussion are listed under Charges, view “Held”.',
    emptyTitle: 'Nothing is disputed',
    emptyText: 'When a merchant disputes a batch, it appears here.',
    emptyTitleSolved: 'Nothing settled yet',
  },
};
