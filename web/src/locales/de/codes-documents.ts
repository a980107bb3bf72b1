/** Why a run or a document cannot go on; what it lacks is said before it has a number. */
export const documentCodes = {
  DOCUMENT_GLYPH_MISSING:
    'Ein Zeichen im Text des Dokuments lässt sich nicht drucken. Berichtigen Sie zuerst die Stammdaten des Händlers oder Ihre Angaben in den Einstellungen.',
  MERCHANT_CONTENT_INVALID:
    'Eine Angabe in den Stammdaten des Händlers ist leer oder passt nicht auf das Dokument. Berichtigen Sie sie zuerst.',
  ISSUER_CONTENT_INVALID:
    'Eine Ihrer Angaben als Rechnungssteller ist leer oder passt nicht auf das Dokument. Berichtigen Sie sie zuerst in den Einstellungen.',
  LINE_CONTENT_INVALID:
    'Eine Position hat keine Bezeichnung oder keine Einheit, deshalb lässt sich kein Dokument erstellen.',
  CONTENT_INVALID: 'Daraus lässt sich kein Dokument erstellen. Geben Sie das an die Verwaltung weiter.',
  LETTER_CONTENT_INVALID:
    'Für den Händler {{path}} lässt sich kein Mahnschreiben erstellen: In seinen Stammdaten oder in Ihren Angaben in den Einstellungen fehlt etwas, zum Beispiel der Name oder die Anschrift. Ergänzen Sie es und mahnen Sie dann noch einmal.',
  ISSUER_CONTACT_MISSING:
    'Der Händler bekommt eine XRechnung. Tragen Sie dafür zuerst in den Einstellungen Ihre Telefonnummer und Ihre E-Mail-Adresse ein.',
  ISSUER_TAX_NUMBER_MISSING: 'Tragen Sie zuerst in den Einstellungen Ihre Steuernummer ein.',
  ISSUER_VAT_ID_INVALID: 'Berichtigen Sie zuerst in den Einstellungen Ihre USt-IdNr.',
  ISSUER_VAT_ID_MISSING: 'Tragen Sie zuerst in den Einstellungen Ihre USt-IdNr. ein.',
  RUN_ROW_TRANSITION_NOT_ALLOWED:
    'Ein Händler ist in diesem Lauf inzwischen weiter oder noch nicht so weit. Sehen Sie sich seinen Stand noch einmal an.',
  NEXT_NUMBER_TAKEN:
    'Die nächste Nummer trägt schon ein anderes Dokument. Geben Sie den Nummern in den Einstellungen der Abrechnung ein anderes Muster.',
  NOT_A_CUTOFF: 'Stichtag ist der 15. oder der letzte Tag eines Monats.',
  CUTOFF_IN_FUTURE: 'Ein Lauf beginnt frühestens an seinem Stichtag.',
  COUNTRY_UNKNOWN: 'Berichtigen Sie zuerst den Ländercode in den Stammdaten des Händlers.',
} as const;
