import type { TextsLike } from '../../app/i18n/texts.ts';
import type { financeDesk as german } from '../de/finance-desk.ts';

/** Running accounts, the last bill of a merchant, and disputes. */
export const financeDesk: TextsLike<typeof german> = {
  accounts: {
    title: 'Running accounts',
    lead: 'What every merchant has open so far and what its month will come to, net',
    leadOne: 'What stands on no invoice yet, up to {{day}}',
    views: { account: 'Account', contract: 'Contracts' },
    open: 'Open so far',
    expected: 'Expected at month end',
    apart: 'Charges to settle',
    charges: 'Open charges',
    emptyTitle: 'No merchants yet',
  },
  final: {
    action: 'Final bill',
    question: 'Make the final bill?',
    questionOf: 'Make the final bill for {{name}}?',
    consequence:
      'Everything that is open up to the last day goes into a draft: shipping, storage, returns and software, minimums and fees by days under contract. Held charges stay where they are. Nothing is sent before you approve and issue the draft.',
    day: 'Last day',
    dayHint: 'The end of the contract, not in the future.',
    open: '{{amount}} net is open at present.',
    goesOn: 'The contract goes on beyond this day.',
    end: 'End the contract on {{day}}',
    startsLater: 'There is a contract that starts after this day. Choose a later day, or settle that first.',
  },
  disputes: {
    title: 'Disputes',
    lead: 'What merchants dispute of their batches. Whether money is credited you decide here.',
    views: { disputed: 'Open', resolved: 'Settled' },
    view: 'View',
    batch: 'Batch {{number}}',
    number: 'Number',
    pieces: 'Disputed pieces',
    all: 'Pieces',
    since: 'Disputed',
    solved: 'Settled',
    handling: 'What this batch costs',
    creditHint: 'Give the money back by the charges afterwards: waive or hold a charge as long as it is not billed.',
    held: 'Held charges',
    heldText: 'Charges that are being talked about stand under charges, view “Held”.',
    emptyTitle: 'Nothing is disputed',
    emptyText: 'When a merchant disputes a batch, it stands here.',
    emptyTitleSolved: 'Nothing settled yet',
  },
};
