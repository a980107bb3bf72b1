import type { Finding } from '../../../../shared/protocol/billing/runs-actions.ts';

/** What to do about a finding, and the page where it is done. */
export interface Remedy {
  de: string;
  en: string;
  /** Path in the web app; `{merchantId}` is the merchant of the row. */
  where: string;
}

/** Adds to each finding that somebody can do something about what that is (G9). */
export const withRemedy = (finding: Finding, merchantId: string): Finding => {
  const remedy = REMEDIES[finding.code];
  if (!remedy) return finding;
  return {
    ...finding,
    data: { ...finding.data, remedy: { ...remedy, where: remedy.where.replace('{merchantId}', merchantId) } },
  };
};

const MERCHANT = '/finance/accounts/{merchantId}?view=record';
const STORAGE = '/finance/storage?merchantId={merchantId}';
const CHARGES = '/finance/charges?merchantId={merchantId}';

const REMEDIES: Record<string, Remedy> = {
  UNRATED_CHARGES: {
    de: 'Ergänzen Sie, was fehlt: die Regel in der Preisliste oder die Preisliste im Vertrag. Die Posten bekommen ihren Preis danach von selbst.',
    en: 'Add what is missing: the rule in the rate card, or the rate card named in the contract. The charges are then priced automatically.',
    where: `${CHARGES}&state=unrated`,
  },
  STORAGE_GAP: {
    de: 'Laden Sie unter „Lager“ den Bestand der fehlenden Tage als CSV-Datei hoch, leere Tage als leer, oder lassen Sie ihn nachbilden. Prüfen Sie den Händler danach erneut.',
    en: 'Under “Storage”, upload the stock of the missing days as a CSV file, empty days as empty, or have it rebuilt. Then check the merchant again.',
    where: STORAGE,
  },
  STEP_FAILED: {
    de: 'Beheben Sie, was der Grund nennt. Sagt er Ihnen nichts, geben Sie ihn an die Verwaltung weiter. Ist der Händler angehalten, prüfen Sie ihn danach erneut.',
    en: 'Resolve what the reason names. If it tells you nothing, pass it on to an administrator. If the merchant is parked, check it again afterwards.',
    where: CHARGES,
  },
  NO_INVOICE_EMAIL: {
    de: 'Tragen Sie beim Händler eine E-Mail-Adresse für Rechnungen ein.',
    en: 'Enter an e-mail address for invoices in the merchant’s record.',
    where: MERCHANT,
  },
  ADDRESS_INCOMPLETE: {
    de: 'Vervollständigen Sie die Anschrift des Händlers; ohne sie ist die Rechnung nicht ordnungsgemäß (§ 14 UStG).',
    en: 'Complete the merchant’s address; without it the invoice does not meet the requirements (§ 14 UStG).',
    where: MERCHANT,
  },
  VAT_ID_MISSING: {
    de: 'Tragen Sie die USt-IdNr. des Händlers ein oder ändern Sie, wie er besteuert wird (§ 14a UStG).',
    en: 'Enter the merchant’s VAT ID or change the tax treatment (§ 14a UStG).',
    where: MERCHANT,
  },
  VAT_ID_REFUSED: {
    de: 'Klären Sie die USt-IdNr. mit dem Händler, tragen Sie die richtige ein und prüfen Sie sie. Gibt es keine gültige, leeren Sie das Feld und rechnen Sie mit deutscher Umsatzsteuer ab; sonst schulden Sie sie selbst.',
    en: 'Clarify the VAT ID with the merchant, enter the right one and check it. If there is none, empty the field and bill with German VAT; otherwise you owe the tax yourself.',
    where: MERCHANT,
  },
  VAT_ID_UNCONFIRMED: {
    de: 'Prüfen Sie die USt-IdNr. in den Stammdaten noch einmal; die Bestätigung ist Ihr Nachweis.',
    en: 'Check the VAT ID in the merchant’s record again; the confirmation is your proof.',
    where: MERCHANT,
  },
  ISSUER_TAX_NUMBER_MISSING: {
    de: 'Tragen Sie in den Einstellungen der Abrechnung Ihre Steuernummer ein: Eine Rechnung über nicht steuerbare Leistungen trägt keine USt-IdNr. (§ 14 UStG).',
    en: 'Enter your tax number in the billing settings: an invoice outside the scope of VAT bears no VAT ID (§ 14 UStG).',
    where: '/finance/settings',
  },
  ISSUER_VAT_ID_MISSING: {
    de: 'Tragen Sie in den Einstellungen der Abrechnung Ihre USt-IdNr. ein; ohne sie gibt es keine Rechnung ohne deutsche Umsatzsteuer (§ 14a UStG).',
    en: 'Enter your VAT ID in the billing settings; without it there is no invoice without German VAT (§ 14a UStG).',
    where: '/finance/settings',
  },
  ISSUER_VAT_ID_INVALID: {
    de: 'Berichtigen Sie Ihre USt-IdNr. in den Einstellungen der Abrechnung: Sie steht auf jeder Rechnung.',
    en: 'Correct your VAT ID in the billing settings: it stands on every invoice.',
    where: '/finance/settings',
  },
  ISSUER_CONTACT_MISSING: {
    de: 'Tragen Sie in den Einstellungen der Abrechnung Ihre Telefonnummer (mindestens drei Ziffern) und Ihre E-Mail-Adresse ein; eine XRechnung nennt beides.',
    en: 'Enter your telephone number (at least three digits) and your e-mail address in the billing settings; an XRechnung names both.',
    where: '/finance/settings',
  },
  COUNTRY_UNKNOWN: {
    de: 'Tragen Sie beim Händler den Ländercode nach ISO 3166 ein, zum Beispiel GB für das Vereinigte Königreich.',
    en: 'Enter the country code of ISO 3166 in the merchant’s record, such as GB for the United Kingdom.',
    where: MERCHANT,
  },
  MERCHANT_NOT_PRINTABLE: {
    de: 'Schreiben Sie den Text in den Stammdaten des Händlers in lateinischen, griechischen oder kyrillischen Buchstaben.',
    en: 'Write the text in the merchant’s record in Latin, Greek or Cyrillic letters.',
    where: MERCHANT,
  },
  ISSUER_NOT_PRINTABLE: {
    de: 'Schreiben Sie den Text in den Einstellungen der Abrechnung in lateinischen, griechischen oder kyrillischen Buchstaben.',
    en: 'Write the text in the billing settings in Latin, Greek or Cyrillic letters.',
    where: '/finance/settings',
  },
  LINE_NOT_PRINTABLE: {
    de: 'Ändern Sie den Text mit einer neuen Fassung der Preisliste, die ab demselben Tag gilt.',
    en: 'Change the text with a new version of the rate card that is valid from the same day.',
    where: '/finance/rate-cards',
  },
  MERCHANT_CONTENT_INVALID: {
    de: 'Füllen Sie die Angabe in den Stammdaten des Händlers aus.',
    en: 'Fill in the entry in the merchant’s record.',
    where: MERCHANT,
  },
  ISSUER_CONTENT_INVALID: {
    de: 'Füllen Sie die Angabe in den Einstellungen der Abrechnung aus.',
    en: 'Fill in the entry in the billing settings.',
    where: '/finance/settings',
  },
  LINE_CONTENT_INVALID: {
    de: 'Ergänzen Sie Bezeichnung und Einheit mit einer neuen Fassung der Preisliste, die ab demselben Tag gilt.',
    en: 'Add the label and the unit with a new version of the rate card that is valid from the same day.',
    where: '/finance/rate-cards',
  },
  CONTENT_INVALID: {
    de: 'Geben Sie den Grund an die Verwaltung weiter.',
    en: 'Pass the reason on to an administrator.',
    where: CHARGES,
  },
  TOO_MANY_LINES: {
    de: 'Meist hat jeder Posten seine eigene Position, weil sein Preis ein Anteil eines Betrags ist. Geben Sie der Preisliste Preise je Einheit, rechnen Sie die Bereiche getrennt ab oder stellen Sie einen Teil der Posten bis zum nächsten Lauf zurück.',
    en: 'Usually each charge has a line of its own because its price is a share of an amount. Give the rate card prices per unit, bill the streams separately, or hold a part of the charges until the next run.',
    where: CHARGES,
  },
  NO_CONTRACT: {
    de: 'Legen Sie den Vertrag an: Ohne ihn gibt es keine Softwaregebühr, keine Lagerung und keine eigenen Preise.',
    en: 'Enter the contract: without it there is no software fee, no storage and no prices of its own.',
    where: '/finance/accounts/{merchantId}?view=contract',
  },
  ABOVE_USUAL: {
    de: 'Vergleichen Sie die Positionen mit den letzten Rechnungen. Stimmt der Betrag, bestätigen Sie ihn.',
    en: 'Compare the lines with the last invoices. If the total is right, accept it.',
    where: CHARGES,
  },
  CHANGED_MUCH: {
    de: 'Vergleichen Sie die Bereiche mit dem letzten vergleichbaren Lauf, bevor Sie freigeben.',
    en: 'Compare the sections with the last comparable run before approving.',
    where: CHARGES,
  },
  ZERO_QUANTITY: {
    de: 'Die Posten der Position heben sich auf. Prüfen Sie, ob die Berichtigung gewollt ist.',
    en: 'The charges of the line cancel each other out. Check whether the correction is intended.',
    where: CHARGES,
  },
  HELD_CHARGES: {
    de: 'Geben Sie die Posten wieder frei oder erlassen Sie sie, sobald sie geklärt sind.',
    en: 'Release or waive the charges once they are clarified.',
    where: `${CHARGES}&state=held`,
  },
  RECEIVED_NOT_INSPECTED: {
    de: 'Lassen Sie die Retouren prüfen; was erst danach geprüft wird, kommt in den nächsten Lauf.',
    en: 'Have the returns inspected; what is inspected later goes into the next run.',
    where: '/warehouse/returns',
  },
  OPEN_SPECIAL_JOBS: {
    de: 'Nehmen Sie die Sonderaufträge ab oder sagen Sie sie ab; was erst danach abgenommen wird, kommt in den nächsten Lauf.',
    en: 'Sign the special jobs off or cancel them; what is signed off later goes into the next run.',
    where: '/finance/special-jobs?merchantId={merchantId}',
  },
  EVENTS_PARKED: {
    de: 'Die Verwaltung sieht sich die fehlgeschlagenen Ereignisse an und versucht sie noch einmal. Berechnen Sie danach neu.',
    en: 'An administrator looks at the failed events and tries them again. Then recalculate.',
    where: '/admin/dead-events',
  },
  REVERSE_CHARGE_OVERDUE: {
    de: 'Geben Sie noch heute frei und stellen Sie die Rechnung aus.',
    en: 'Approve and issue the invoice today.',
    where: CHARGES,
  },
  REVERSE_CHARGE_LATE: {
    de: 'Klären Sie die Nachberechnungen für diese Monate mit Ihrer Steuerberatung (§ 14a UStG).',
    en: 'Discuss the charges billed later for these months with your tax adviser (§ 14a UStG).',
    where: CHARGES,
  },
  FINAL_TOTAL_NEGATIVE: {
    de: 'Das Guthaben steht dem Händler zu. Geben Sie frei: Es wird als Rechnungskorrektur ausgestellt.',
    en: 'The credit is owed to the merchant. Approve: it is issued as a credit note.',
    where: CHARGES,
  },
};
