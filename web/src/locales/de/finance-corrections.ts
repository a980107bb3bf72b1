/** Cancelling an invoice, crediting a part of it, and issuing a negative total. */
export const financeCorrections = {
  corrections: {
    reasonHint: 'Steht auf dem Dokument und ist für den Händler sichtbar.',
    cancel: 'Stornieren',
    cancelQuestion: 'Rechnung {{number}} stornieren?',
    cancelConsequence:
      'Eine Stornorechnung über {{gross}} hebt die ganze Rechnung auf. Sie bekommt eine eigene Nummer und geht an den Händler. Die Posten der Rechnung sind danach wieder offen und lassen sich im selben Lauf neu abrechnen. Das lässt sich nicht rückgängig machen.',
    cancelled: 'Rechnung {{number}} ist storniert',
    wasCancelled: 'Diese Rechnung ist storniert',
    openAgain:
      'Ihre Posten sind wieder offen. Rechnen Sie den Händler im Lauf zum {{cutoff}} neu ab; sonst kommen sie mit dem nächsten Lauf.',
    billAgain: 'Zum Lauf',
    credit: 'Teilweise korrigieren',
    creditTitle: 'Rechnung {{number}} teilweise korrigieren',
    creditLead:
      'Wählen Sie, was von welcher Position zurückgenommen wird. Die Posten bleiben abgerechnet. Soll die Rechnung neu entstehen, stornieren Sie sie stattdessen.',
    left: 'Noch {{amount}} ({{quantity}} {{unit}})',
    leftAmount: 'Noch {{amount}}',
    nothing: 'Nichts',
    byQuantity: 'Menge',
    byAmount: 'Betrag',
    take: 'Zurücknehmen von {{label}}',
    quantity: 'Menge, die zurückgenommen wird',
    amount: 'Nettobetrag, der zurückgenommen wird',
    all: 'Alles, was noch da ist',
    preview: 'Weiter zur Vorschau',
    back: 'Zurück',
    previewTitle: 'Das wird ausgestellt',
    consequence:
      'Eine Rechnungskorrektur mit eigener Nummer geht an den Händler. Sie lässt sich danach nicht mehr ändern.',
    net: 'Netto',
    vat: 'Umsatzsteuer',
    gross: 'Korrekturbetrag brutto',
    issue: 'Rechnungskorrektur ausstellen',
    issued: 'Rechnungskorrektur {{number}} ist ausgestellt',
    missingReason: 'Nennen Sie den Grund.',
    chooseLine: 'Wählen Sie mindestens eine Position.',
    howMuch: 'Wie viel wird zurückgenommen?',
    unclear: 'Es fehlt, wie viel zurückgenommen wird: {{lines}}',
    issueCredit: 'Als Rechnungskorrektur ausstellen',
    issueCreditQuestion: 'Das Guthaben von {{credit}} ausstellen?',
    issueCreditConsequence:
      'Statt in den nächsten Lauf übernommen zu werden, wird der negative Betrag zu einer Rechnungskorrektur mit eigener Nummer. Sie entsteht als Entwurf, den Sie freigeben und ausstellen. Die Posten sind damit abgerechnet.',
    issueCreditAsked: 'Der Entwurf der Rechnungskorrektur entsteht',
  },
} as const;
