/** What a form or the device refuses before the server hears of it, and which field the server refused. */
export const warehouseSteps = {
  notKept: {
    title: 'NICHT gespeichert',
    full: 'Der Speicher dieses Geräts ist voll. Gehen Sie mit dem Gerät ins Netz, damit gesendet wird, was wartet.',
    failed: 'Bitte noch einmal. Geht es wieder nicht, laden Sie die Seite neu. ({{detail}})',
  },
  serials: {
    repeated: 'Diese Nummer steht schon weiter oben.',
    lack: '{{name}}: Seriennummer steht doppelt.',
  },
  labelFirst: 'Erst das Etikett fotografieren, dann prüfen.',
  refusedBecause: {
    TOO_MANY_SERIAL_NUMBERS: 'Es sind mehr als Stücke.',
    TOO_MANY: 'So viele sind es nicht.',
    NOT_EXPECTED: 'Das ist schon angekommen.',
    ITEM_COUNTED_TWICE: 'Etwas ist zweimal gezählt.',
  },
  refusedField: {
    serialNumbers: 'Seriennummern: {{problem}}',
    quantity: 'Stückzahl: {{problem}}',
    note: 'Befund: {{problem}}',
    reason: 'Grund: {{problem}}',
    disposition: 'Verbleib: {{problem}}',
    batchNumber: 'Chargennummer: {{problem}}',
    bestBefore: 'Mindestens haltbar bis: {{problem}}',
    checklist: 'Checkliste: {{problem}}',
    items: 'Gezählte Ware: {{problem}}',
    trackingNumber: 'Sendungsnummer: {{problem}}',
    sku: 'Artikelnummer: {{problem}}',
    name: 'Beschreibung: {{problem}}',
    other: '{{field}}: {{problem}}',
  },
} as const;
