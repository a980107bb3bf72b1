import type { TextsLike } from '../../app/i18n/texts.ts';
import type { dunningLetters as german } from '../de/dunning-letters.ts';

/** Dunning letters, and what they claim beside the invoices. */
export const dunningLetters: TextsLike<typeof german> = {
  letter: {
    title: 'Dunning letters',
    number: 'Letter',
    about: 'About the letter',
    issued: 'Of',
    payBy: 'Pay by',
    total: 'Amount due',
    claims: 'Interest and fees',
    run: 'To the dunning run',
    pdf: 'PDF',
    pdfOf: 'PDF of {{number}}',
    document: 'Document',
    documents: { pending: 'Being made', ready: 'Made', parked: 'Not made' },
    delivery: 'Delivery',
    deliveries: { queued: 'Waiting to be sent', sent: 'Sent', bounced: 'Bounced' },
    parkedText:
      'The merchant did not get this letter, yet its level counts. The next dunning run therefore does not select the invoices by itself.',
    remedy:
      'A letter that was issued does not change any more. Write the text in Latin, Greek or Cyrillic letters where it comes from, and select the invoices in the next dunning run.',
    retry: 'Create again',
    retried: 'The letter is being created again.',
    bouncedText:
      'No e-mail with this letter arrived. Check the addresses of the merchant and send it again below. Until then the next dunning run does not select the merchant by itself.',
    emptyTitle: 'No letter yet',
    emptyText: 'Letters are made by a dunning run.',
    invoices: 'Invoices',
  },
  claim: {
    lead: 'Interest, lump sums and fees are damages without VAT and no invoices. Note payments of them here, best with the payment they came with.',
    kind: 'Claim',
    kinds: { interest: 'Interest', lumpSum: 'Lump sum', fee: 'Dunning fee', bankCharge: 'Charge of the bank' },
    on: 'Of',
    of: 'For',
    amount: 'Amount',
    state: 'State',
    states: { open: 'Open', paid: 'Paid', waived: 'Waived' },
    pay: 'Note as paid',
    payQuestion: 'Is this claim paid?',
    payConsequence: 'It will not stand on the next letter.',
    payment: 'Paid by',
    paymentHint: 'The amount then counts as used of this payment.',
    noPayment: 'No payment of this merchant has that much left.',
    paymentOf: '{{amount}} of {{day}}, {{left}} left',
    reopen: 'Take back',
    reopenQuestion: 'Was this claim not paid after all?',
    reopenConsequence: 'It is open again then, and the payment that paid it is free again.',
    waive: 'Waive',
    waiveQuestion: 'Waive this claim?',
    waiveConsequence: 'It will not stand on the next letter and is not claimed again.',
    reason: 'Reason',
    emptyTitle: 'No interest and fees',
    emptyText: 'They come with level 1.',
  },
};
