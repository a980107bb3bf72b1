/** Kinds of documents, and how they correct each other. */
export const recordsDocuments = {
  documents: {
    kind: 'Art',
    kinds: { invoice: 'Rechnung', cancellation: 'Stornorechnung', creditNote: 'Rechnungskorrektur' },
    title: {
      invoice: 'Rechnung {{number}}',
      cancellation: 'Stornorechnung {{number}}',
      creditNote: 'Rechnungskorrektur {{number}}',
    },
    related: 'Zugehörige Dokumente',
    corrects: 'Korrigiert {{number}} vom {{day}}',
    cancels: 'Storniert {{number}} vom {{day}}',
    reason: 'Grund: {{reason}}',
    credit: 'Guthaben aus einem negativen Rechnungsbetrag. Die Korrektur gehört zu keiner einzelnen Rechnung.',
    of: '{{title}} vom {{day}}',
    remains: 'davon noch {{amount}}',
    isTakenBack: 'ganz zurückgenommen',
    vatOf: {
      S: 'Umsatzsteuer {{rate}}',
      Z: 'Umsatzsteuer {{rate}}',
      AE: 'Umsatzsteuer (Reverse Charge)',
      E: 'Umsatzsteuer (steuerfrei)',
      O: 'Umsatzsteuer (nicht steuerbar)',
    },
  },
} as const;
