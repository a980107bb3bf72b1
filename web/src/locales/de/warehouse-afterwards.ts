/** Returns that were finished or given up, when something of them is still to be done. */
export const warehouseAfterwards = {
  after: {
    arrived: 'Doch angekommen: annehmen',
    gone: 'Auf diese Retoure wartet niemand mehr. Liegt das Paket vor Ihnen, nehmen Sie es an.',
    closedHit:
      'Zu diesem Code gibt es nur diese Retoure, und mit ihr rechnet niemand mehr. Öffnen Sie sie, oder nehmen Sie das Paket als unbekannt an.',
    parcelText:
      'Das Paket wird als weiteres Paket dieser Retoure erfasst. Dafür kann beim Händler eine Gebühr anfallen.',
    parcelReopens: 'Die Prüfung geht danach weiter: Was fehlte, wird wieder erwartet. Alles andere bleibt, wie es ist.',
    parcelKnown: 'Dieses Paket ist schon angenommen.',
    parcelSubmit: 'Paket annehmen',
    carrier: 'Versanddienst',
    tracking: 'Sendungsnummer',
    trackingHint: 'Vom Etikett des neuen Pakets, falls es eines hat',
    title: 'Noch offen',
    reassess: 'Aufbereitet: neu bewerten',
    reassessText: 'Bewerten Sie die Ware, wie sie jetzt ist. Sie geht dann sofort ihren Weg.',
    decide: 'Entscheiden',
    decideSubmit: 'So entscheiden',
    decideText: 'Die Entscheidung gilt sofort.',
    reason: 'Warum?',
    saving: 'Wird gespeichert',
  },
} as const;
