/** Running accounts, the last bill of a merchant, and disputes. */
export const financeDesk = {
  accounts: {
    title: 'Laufende Konten',
    lead: 'Was bei jedem Händler noch nicht abgerechnet ist und worauf der Monat hinausläuft, netto',
    leadOne: 'Was noch auf keiner Rechnung steht, bis {{day}}',
    views: { account: 'Konto', contract: 'Verträge', record: 'Stammdaten' },
    open: 'Noch nicht abgerechnet',
    expected: 'Erwartet bis Monatsende',
    apart: 'Ohne Preis oder zurückgestellt',
    charges: 'Nicht abgerechnete Posten',
    emptyTitle: 'Noch keine Händler',
  },
  final: {
    action: 'Schlussabrechnung',
    question: 'Schlussabrechnung erstellen?',
    questionOf: 'Schlussabrechnung für {{name}} erstellen?',
    consequence:
      'Alles, was bis zum letzten Tag noch nicht abgerechnet ist, kommt in einen Entwurf; Mindestumsatz und Monatsgebühren fallen anteilig nach Vertragstagen an. Zurückgestellte Posten bleiben liegen. Verschickt wird erst, wenn Sie den Entwurf freigeben und die Rechnung ausstellen.',
    day: 'Letzter Tag',
    dayHint: 'Der letzte Tag des Vertrags. Er darf nicht in der Zukunft liegen.',
    open: 'Zurzeit sind {{amount}} netto noch nicht abgerechnet.',
    goesOn: 'Der Vertrag läuft über diesen Tag hinaus.',
    end: 'Vertrag zum {{day}} beenden',
    startsLater:
      'Es gibt einen Vertrag, der erst nach diesem Tag beginnt. Wählen Sie einen späteren Tag oder klären Sie das zuerst.',
  },
  disputes: {
    title: 'Beanstandete Sammelrücksendungen',
    lead: 'Was Händler an ihren Sammelrücksendungen beanstanden. Ob sie dafür Geld bekommen, entscheiden Sie hier.',
    views: { disputed: 'Offen', resolved: 'Geklärt' },
    view: 'Ansicht',
    batch: 'Sammelrücksendung {{number}}',
    number: 'Nummer',
    pieces: 'Beanstandet (Stück)',
    all: 'Stück insgesamt',
    since: 'Beanstandet am',
    solved: 'Geklärt am',
    handling: 'Was diese Sammelrücksendung kostet',
    creditHint:
      'Solange ein Posten nicht abgerechnet ist, können Sie ihn unter „Posten“ erlassen oder zurückstellen. Was schon auf einer Rechnung steht, nehmen Sie dort mit „Teilweise korrigieren“ zurück.',
    held: 'Zurückgestellte Posten',
    heldText: 'Posten, über die noch gesprochen wird, finden Sie unter „Posten“, Ansicht „Zurückgestellt“.',
    emptyTitle: 'Nichts ist beanstandet',
    emptyText: 'Beanstandet ein Händler eine Sammelrücksendung, steht sie hier.',
    emptyTitleSolved: 'Noch nichts geklärt',
  },
} as const;
