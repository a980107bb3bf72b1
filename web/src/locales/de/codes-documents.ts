/** Why a document cannot be made, said before it has a number. */
export const documentCodes = {
  DOCUMENT_GLYPH_MISSING:
    'Ein Zeichen im Text des Dokuments lässt sich nicht drucken. Berichtigen Sie zuerst die Stammdaten des Händlers oder Ihre Angaben in den Einstellungen.',
  ISSUER_CONTACT_MISSING:
    'Der Händler bekommt eine XRechnung. Tragen Sie dafür zuerst in den Einstellungen Ihre Telefonnummer und Ihre E-Mail-Adresse ein.',
  ISSUER_TAX_NUMBER_MISSING: 'Tragen Sie zuerst in den Einstellungen Ihre Steuernummer ein.',
  ISSUER_VAT_ID_MISSING: 'Tragen Sie zuerst in den Einstellungen Ihre USt-IdNr. ein.',
  COUNTRY_UNKNOWN: 'Berichtigen Sie zuerst den Ländercode in den Stammdaten des Händlers.',
} as const;
