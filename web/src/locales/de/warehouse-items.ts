/** What is done with one item beside its inspection. */
export const warehouseItems = {
  itemSteps: {
    label: 'Etikett drucken',
    link: 'Artikel zuordnen',
    linkAgain: 'Anderer Artikel',
    unbundle: 'Set zerlegen',
    stillSending: 'Von dieser Retoure wartet noch etwas auf den Versand. Das geht, sobald alles auf dem Server ist.',
    noMerchant: 'Zuerst muss der Händler zugeordnet werden, denn Artikel gehören zu einem Händler.',
  },
  link: {
    title: 'Welcher Artikel ist das?',
    written: 'Aufgeschrieben wurde: {{name}}',
    field: 'Artikel',
    hint: 'EAN oder Artikelnummer scannen, oder den Anfang des Namens tippen',
    nothing: 'Dieser Händler hat keinen Artikel „{{text}}“.',
    searching: 'Wird gesucht',
    surplusHint:
      'Mit diesem Auftrag wurde weniger davon versandt, als angekommen ist. Nennen Sie den Grund und wählen Sie den Artikel noch einmal.',
  },
  unbundle: {
    title: 'Was vom Set ist da?',
    lead: 'Was fehlt, wird erwartet und am Ende als fehlend gemeldet.',
    pieces: 'Stück von {{name}}',
    of: 'von {{count}}',
    fewer: '{{name}}: ein Stück weniger',
    more: '{{name}}: ein Stück mehr',
    submit: 'Zerlegen',
  },
} as const;
