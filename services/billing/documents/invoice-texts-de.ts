import type { InvoiceTexts } from './invoice-texts.ts';

export const germanTexts: InvoiceTexts = {
  title: { invoice: 'Rechnung', cancellation: 'Stornorechnung', creditNote: 'Rechnungskorrektur' },
  number: { invoice: 'Rechnungsnummer', cancellation: 'Belegnummer', creditNote: 'Belegnummer' },
  issueDate: { invoice: 'Rechnungsdatum', cancellation: 'Belegdatum', creditNote: 'Belegdatum' },
  corrects: 'Zur Rechnung',
  correctsOf: (number, date) => `${number}\nvom ${date}`,
  reason: (reason) => `Grund: ${reason}`,
  servicePeriod: 'Leistungszeitraum',
  merchantNumber: 'Kundennummer',
  buyerVatId: 'Ihre USt-IdNr.',
  buyerTaxId: 'Ihre USt-/Steuernr.',
  orderReference: 'Ihre Referenz',
  routeId: 'Leitweg-ID',
  buyerReference: 'Käuferreferenz',
  intro: {
    invoice: (period) => `Für unsere Leistungen im Zeitraum ${period} berechnen wir Ihnen:`,
    cancellation: (_, original) =>
      `Wir stornieren die Rechnung ${original?.number} vom ${original?.date} in vollem Umfang:`,
    creditNote: (period, original) =>
      original
        ? `Wir berichtigen die Rechnung ${original.number} vom ${original.date} um die folgenden Beträge:`
        : `Aus der Abrechnung für den Zeitraum ${period} ergibt sich ein Betrag zu Ihren Gunsten:`,
  },
  columns: {
    position: 'Pos.',
    service: 'Leistung',
    quantity: 'Menge',
    unit: 'Einheit',
    unitPrice: 'Einzelpreis',
    amount: 'Betrag',
  },
  perBase: (quantity) => `je ${quantity}`,
  allowance: (kind, reason, amount, share) =>
    `${kind === 'allowance' ? 'Abzug' : 'Zuschlag'} ${amount}: ${reason}${share ? ` (${share})` : ''}`,
  shareOf: (percent, basis) => (basis ? `${percent} auf ${basis}` : percent),
  vatShort: 'USt',
  continued: '(Fortsetzung)',
  subtotal: 'Zwischensumme',
  vatTable: { vat: 'Umsatzsteuer', basis: 'Nettobetrag', tax: 'Steuer' },
  vatLabel: {
    S: (rate) => rate,
    Z: (rate) => rate,
    E: () => 'steuerfrei',
    AE: () => 'Reverse Charge',
    O: () => 'nicht steuerbar',
  },
  net: 'Summe netto',
  vatSum: 'Umsatzsteuer',
  gross: { invoice: 'Rechnungsbetrag', cancellation: 'Stornobetrag', creditNote: 'Korrekturbetrag' },
  prepaid: 'Mit Guthaben verrechnet',
  payable: 'Zu zahlen',
  carriedOver: (cutoff, amount) => `Darin enthalten: Übertrag aus der Abrechnung zum ${cutoff} über ${amount} netto.`,
  payment: {
    collect: (amount, day) => `Wir ziehen den Betrag von ${amount} am ${day} per SEPA-Lastschrift von Ihrem Konto ein.`,
    terms: 'Zahlungsziel',
    termsDays: (days) => (days === 0 ? 'sofort, ohne Abzug' : `${days} ${days === 1 ? 'Tag' : 'Tage'}, ohne Abzug`),
    due: 'Fällig am',
    fromAccount: 'Ihr Konto',
    mandate: 'Mandat',
    mandateOf: (reference, signedOn) => `${reference} vom ${signedOn}`,
    creditor: 'Gläubiger-ID',
  },
  settlement: {
    cancellation: (number) =>
      `Aus der Rechnung ${number} ist nichts mehr zu zahlen. Was Sie darauf gezahlt haben, führen wir als Guthaben und verrechnen es mit Ihren nächsten Rechnungen; auf Wunsch zahlen wir es aus.`,
    creditNote: (amount, original) =>
      original
        ? `Der Betrag von ${amount} mindert, was aus der Rechnung ${original.number} noch zu zahlen ist. Soweit Sie ihn schon gezahlt haben, führen wir ihn als Guthaben und verrechnen ihn mit Ihren nächsten Rechnungen; auf Wunsch zahlen wir ihn aus.`
        : `Den Betrag von ${amount} führen wir als Guthaben und verrechnen ihn mit Ihren nächsten Rechnungen; auf Wunsch zahlen wir ihn aus.`,
    prepaid: 'Der Betrag ist mit Ihrem Guthaben verrechnet. Sie brauchen nichts zu überweisen.',
  },
  annex: {
    title: (number) => `Anlage zu ${number}: Einzelnachweis`,
    date: 'Leistungstag',
    reference: 'Vorgang',
    entries: (count) => `${count} ${count === 1 ? 'Eintrag' : 'Einträge'}`,
    omitted: (rows) =>
      `Der Einzelnachweis zu dieser Rechnung hat ${rows} Einträge. Sie finden ihn vollständig als CSV-Datei im Kundenportal bei der Rechnung.`,
  },
};
