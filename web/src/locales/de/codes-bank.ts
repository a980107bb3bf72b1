/** Refusals of bank statements and of what is booked from them. */
export const bankCodes = {
  NOT_CAMT_053: 'Das ist kein Kontoauszug im Format camt.053. Laden Sie ihn bei Ihrer Bank in diesem Format herunter.',
  NOT_XML:
    'Das ist keine lesbare XML-Datei. Banken packen Auszüge oft in eine ZIP-Datei: Entpacken Sie sie zuerst, und speichern Sie die Datei unverändert.',
  XML_DOCTYPE:
    'In der Datei steht etwas, das in keinem Kontoauszug vorkommt (DOCTYPE). Sie wird deshalb nicht gelesen.',
  ANOTHER_ACCOUNT: 'Der Auszug gehört zu einem anderen Konto als dem, das in den Einstellungen steht.',
  CURRENCY: 'Gelesen werden nur Konten und Beträge in Euro.',
  TOO_MANY_ENTRIES: 'Die Datei hat mehr als 20.000 Buchungen. Laden Sie bei der Bank kürzere Zeiträume herunter.',
  ID_MISSING: 'Dem Auszug fehlt seine Kennung.',
  AMOUNT: 'Der Betrag lässt sich nicht lesen.',
  DATE: 'Der Buchungstag fehlt oder lässt sich nicht lesen.',
  DIRECTION: 'Es fehlt, ob das Geld kam oder ging.',
  INVOICE_OF_ANOTHER_MERCHANT: 'Eine der Rechnungen gehört zu einem anderen Händler.',
  NO_RETURN: 'Diese Buchung nimmt von der Zahlung nichts zurück.',
  IBAN_INVALID: 'Diese IBAN stimmt nicht: Land, Länge oder Prüfziffern passen nicht.',
} as const;
