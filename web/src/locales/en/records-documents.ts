/** Kinds of documents, and how they correct each other. */
export const recordsDocuments = {
  documents: {
    kind: 'Kind',
    kinds: { invoice: 'Invoice', cancellation: 'Cancellation', creditNote: 'Credit note' },
    title: {
      invoice: 'Invoice {{number}}',
      cancellation: 'Cancellation {{number}}',
      creditNote: 'Credit note {{number}}',
    },
    related: 'Related documents',
    corrects: 'Corrects {{number}} of {{day}}',
    cancels: 'Cancels {{number}} of {{day}}',
    reason: 'Reason: {{reason}}',
    credit: 'A credit from a negative invoice total. It belongs to no single invoice.',
    of: '{{title}} of {{day}}',
    remains: 'of which {{amount}} left',
    isTakenBack: 'taken back in full',
    vatOf: {
      S: 'VAT {{rate}}',
      Z: 'VAT {{rate}}',
      AE: 'VAT (reverse charge)',
      E: 'VAT (exempt)',
      O: 'VAT (not taxable)',
    },
  },
} as const;
