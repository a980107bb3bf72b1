/** What was billed, and what will be. */
export const merchantInvoices = {
  invoices: {
    title: 'Rechnungen',
    lead: 'Jede Position öffnet ihren Nachweis, bis zum Foto.',
    collected: 'Ihre Rechnungen werden per SEPA-Lastschrift eingezogen: Mandat {{reference}}, Konto {{iban}}.',
    number: 'Nummer',
    issued: 'Rechnungsdatum',
    period: 'Zeitraum',
    due: 'Fällig',
    state: 'Stand',
    states: { draft: 'Entwurf', finalized: 'Gestellt', cancelled: 'Storniert' },
    net: 'Netto',
    gross: 'Brutto',
    vat: 'USt. {{rate}}',
    total: 'Summe',
    lines: 'Positionen',
    pdf: 'Rechnung als PDF',
    pdfLater: 'Das PDF wird gerade erstellt.',
    xml: 'E-Rechnung (XML)',
    evidence: 'Einzelnachweis (CSV)',
    emptyTitle: 'Noch keine Rechnungen',
    emptyText: 'Was bisher angefallen ist, steht unter „Mein Konto“.',
  },
  account: {
    title: 'Mein Konto',
    lead: 'Was seit der letzten Rechnung angefallen ist, zu den Preisen der nächsten, bis {{day}}',
  },
} as const;
