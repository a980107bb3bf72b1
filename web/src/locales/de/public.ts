/** Pages that are opened by a link, without a log-in. */
export const publicPages = {
  frame: { portal: 'Zum Portal', language: 'English' },
  decide: {
    title: 'Ihre Entscheidung zu Retoure {{number}}',
    forMerchant: 'Für {{merchant}}',
    lead_one: 'Wir haben {{count}} Position geprüft und brauchen Ihre Entscheidung.',
    lead_other: 'Wir haben {{count}} Positionen geprüft und brauchen Ihre Entscheidung.',
    once: 'Das Ansehen dieser Seite entscheidet noch nichts. Absenden können Sie genau einmal; danach geht es im Portal weiter.',
    forAll: 'Für alle übernehmen',
    chosen: '{{chosen}} von {{count}} gewählt',
    send: 'Entscheidung absenden',
    sendQuestion: 'So absenden?',
    sendWill: 'Das geschieht dann mit Ihrer Ware:',
    sendRest_one:
      'Zu {{count}} Position haben Sie nichts gewählt. Dafür gilt weiter die Frist; antworten können Sie dann im Portal.',
    sendRest_other:
      'Zu {{count}} Positionen haben Sie nichts gewählt. Dafür gilt weiter die Frist; antworten können Sie dann im Portal.',
    thanksTitle: 'Danke, Ihre Entscheidung ist angekommen',
    thanksText: 'Eingegangen am {{at}}. Das Lager setzt sie jetzt um.',
    usedTitle: 'Dieser Link wurde schon benutzt',
    usedText: 'Die Entscheidung kam am {{at}} an. So wurde entschieden; alles Weitere geht im Portal.',
    overTitle: 'Hier ist nichts mehr zu entscheiden',
    overText: 'Alles wurde inzwischen im Portal oder nach Ablauf der Frist entschieden.',
    decided: 'Entschieden: {{choice}}',
    stillOpen: 'Noch offen',
    noAnswerTitle: 'Gerade keine Antwort',
    expiredTitle: 'Dieser Link ist abgelaufen',
    expiredText: 'Die Frist ist vorbei. Was danach geschehen ist, sehen Sie im Portal.',
    replacedTitle: 'Zu dieser Retoure gibt es einen neueren Link',
    replacedText: 'Die Ware wurde noch einmal geprüft. Bitte nutzen Sie den Link in der neuesten E-Mail.',
    unknownTitle: 'Diesen Link kennen wir nicht',
    unknownText: 'Er ist unvollständig oder wurde verändert. Öffnen Sie ihn bitte noch einmal aus der E-Mail.',
    changedTitle: 'Es hat sich etwas geändert',
    changedText:
      'Während Sie gewählt haben, wurde ein Teil davon schon entschieden. Bitte sehen Sie sich den neuen Stand an.',
    usedMeanwhile: 'Jemand hat über diesen Link inzwischen anders entschieden. Ihre Auswahl wurde nicht übernommen.',
  },
} as const;
