/** Running accounts, the last bill of a merchant, and disputes. */
export const financeDesk = {
  accounts: {
    title: 'Laufende Konten',
    lead: 'Was bei jedem Händler bisher offen ist und worauf der Monat hinausläuft, netto',
    leadOne: 'Was noch auf keiner Rechnung steht, bis {{day}}',
    views: { account: 'Konto', contract: 'Verträge' },
    open: 'Bisher offen',
    expected: 'Erwartet bis Monatsende',
    apart: 'Ungeklärte Posten',
    charges: 'Offene Posten',
    emptyTitle: 'Noch keine Händler',
  },
  final: {
    action: 'Schlussabrechnung',
    question: 'Schlussabrechnung erstellen?',
    questionOf: 'Schlussabrechnung für {{name}} erstellen?',
    consequence:
      'Alles, was bis zum letzten Tag offen ist, kommt in einen Entwurf; Mindestumsatz und Monatsgebühren zählen nach Vertragstagen. Zurückgestellte Posten bleiben liegen. Verschickt wird erst, wenn Sie den Entwurf freigeben und ausstellen.',
    day: 'Letzter Tag',
    dayHint: 'Das Ende des Vertrags, nicht in der Zukunft.',
    open: 'Zurzeit sind {{amount}} netto offen.',
    goesOn: 'Der Vertrag läuft über diesen Tag hinaus.',
    end: 'Vertrag zum {{day}} beenden',
    startsLater:
      'Es gibt einen Vertrag, der erst nach diesem Tag beginnt. Wählen Sie einen späteren Tag oder klären Sie das zuerst.',
  },
  disputes: {
    title: 'Beanstandungen',
    lead: 'Was Händler an ihren Sammelrücksendungen beanstanden. Wird Geld gutgeschrieben, entscheiden Sie das hier.',
    views: { disputed: 'Offen', resolved: 'Geklärt' },
    view: 'Ansicht',
    batch: 'Sammelrücksendung {{number}}',
    number: 'Nummer',
    pieces: 'Beanstandete Stück',
    all: 'Stück',
    since: 'Beanstandet',
    solved: 'Geklärt',
    handling: 'Was diese Sammelrücksendung kostet',
    creditHint:
      'Eine Gutschrift schreiben Sie danach über die Posten: den Posten erlassen oder zurückstellen, solange er nicht berechnet ist.',
    held: 'Zurückgestellte Posten',
    heldText: 'Posten, über die noch gesprochen wird, stehen unter Posten, Ansicht „Zurückgestellt“.',
    emptyTitle: 'Nichts ist beanstandet',
    emptyText: 'Beanstandet ein Händler eine Sammelrücksendung, steht sie hier.',
    emptyTitleSolved: 'Noch nichts geklärt',
  },
} as const;
