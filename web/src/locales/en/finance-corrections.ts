/** Cancelling an invoice, crediting a part of it, and issuing a negative total. */
export const financeCorrections = {
  corrections: {
    reasonHint: 'Stands on the document and is visible to the merchant.',
    cancel: 'Cancel invoice',
    cancelQuestion: 'Cancel invoice {{number}}?',
    cancelConsequence:
      'A cancellation over {{gross}} undoes the whole invoice. It gets a number of its own and goes to the merchant. The charges of the invoice are open again afterwards and can be billed anew in the same run. This cannot be undone.',
    cancelled: 'Invoice {{number}} is cancelled',
    wasCancelled: 'This invoice is cancelled',
    openAgain:
      'Its charges are open again. Bill the merchant anew in the run of {{cutoff}}; otherwise they come with the next run.',
    billAgain: 'To the run',
    credit: 'Credit a part',
    creditTitle: 'Credit a part of invoice {{number}}',
    creditLead:
      'Choose what is taken back of which line. The charges stay billed. If the invoice is to be made anew, cancel it instead.',
    left: '{{amount}} left ({{quantity}} {{unit}})',
    leftAmount: '{{amount}} left',
    nothing: 'Nothing',
    byQuantity: 'Quantity',
    byAmount: 'Amount',
    take: 'Take back of {{label}}',
    quantity: 'Quantity that is taken back',
    amount: 'Net amount that is taken back',
    all: 'Everything that is left',
    preview: 'Continue to the preview',
    back: 'Back',
    previewTitle: 'This is issued',
    consequence: 'A credit note with a number of its own goes to the merchant. It cannot be changed afterwards.',
    net: 'Net',
    vat: 'VAT',
    gross: 'Gross amount of the correction',
    issue: 'Issue credit note',
    issued: 'Credit note {{number}} is issued',
    missingReason: 'Give the reason.',
    chooseLine: 'Choose at least one line.',
    issueCredit: 'Issue as credit note',
    issueCreditQuestion: 'Issue the credit of {{credit}}?',
    issueCreditConsequence:
      'Instead of being carried over to the next run, the negative total becomes a credit note with a number of its own. It is made as a draft that you approve and issue. Its charges are billed with it.',
    issueCreditAsked: 'The draft of the credit note is being made',
  },
} as const;
