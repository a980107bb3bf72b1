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

const MERCHANT = '/admin/merchants/{merchantId}';
const STORAGE = '/finance/storage?merchantId={merchantId}';
const CHARGES = '/finance/charges?merchantId={merchantId}';

const REMEDIES: Record<string, Remedy> = {
  UNRATED_CHARGES: {
    de: 'Ergänzen, was fehlt: die Regel in der Preisliste oder die Preisliste im Vertrag. Die Posten werden danach von selbst bewertet.',
    en: 'Add what is missing: the rule in the rate card, or the rate card named in the contract. The charges are then priced automatically.',
    where: `${CHARGES}&state=unrated`,
  },
  STORAGE_GAP: {
    de: 'Unter Lager den Bestand der fehlenden Tage als CSV-Datei hochladen, leere Tage als leer, oder ihn nachbilden lassen; dann neu berechnen.',
    en: 'Under storage, upload the stock of the missing days as a CSV file, empty ones as empty, or have it rebuilt; then recalculate.',
    where: STORAGE,
  },
  NO_INVOICE_EMAIL: {
    de: 'Empfänger für Rechnungen beim Händler eintragen.',
    en: "Enter the merchant's address for invoices.",
    where: MERCHANT,
  },
  ADDRESS_INCOMPLETE: {
    de: 'Anschrift des Händlers vervollständigen; ohne sie ist die Rechnung nicht ordnungsgemäß (§ 14 UStG).',
    en: "Complete the merchant's address; without it the invoice is not valid (§ 14 UStG).",
    where: MERCHANT,
  },
  VAT_ID_MISSING: {
    de: 'USt-IdNr. des Händlers eintragen oder die Besteuerung ändern (§ 14a UStG).',
    en: "Enter the merchant's VAT ID or change the tax treatment (§ 14a UStG).",
    where: MERCHANT,
  },
  ABOVE_USUAL: {
    de: 'Vergleichen Sie die Positionen mit dem Vormonat; stimmt der Betrag, bestätigen Sie ihn.',
    en: 'Compare the lines with the previous month; if the total is right, accept it.',
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
    de: 'Zurückgestellte Posten freigeben oder erlassen, wenn sie geklärt sind.',
    en: 'Release or waive held charges once they are settled.',
    where: `${CHARGES}&state=held`,
  },
  RECEIVED_NOT_INSPECTED: {
    de: 'Lassen Sie die Retouren prüfen; was erst danach geprüft wird, kommt in den nächsten Lauf.',
    en: 'Have the returns inspected; what is inspected later goes into the next run.',
    where: '/warehouse/returns',
  },
  OPEN_SPECIAL_JOBS: {
    de: 'Sonderaufträge abnehmen oder absagen; was erst danach abgenommen wird, kommt in den nächsten Lauf.',
    en: 'Sign the special jobs off or cancel them; what is signed off later goes into the next run.',
    where: '/finance/special-jobs?merchantId={merchantId}',
  },
  EVENTS_PARKED: {
    de: 'Gescheiterte Meldungen ansehen und erneut versuchen, dann neu berechnen.',
    en: 'Look at the failed events and try again, then recalculate.',
    where: '/admin/dead-events',
  },
  REVERSE_CHARGE_OVERDUE: {
    de: 'Heute noch freigeben und ausstellen: Die Frist des § 14a UStG, der 15. des Folgemonats, ist erreicht.',
    en: 'Approve and issue today: the deadline of § 14a UStG, the 15th of the following month, is reached.',
    where: CHARGES,
  },
  REVERSE_CHARGE_LATE: {
    de: 'Nachberechnungen für diese Monate mit der Steuerberatung klären (§ 14a UStG).',
    en: 'Clarify the late charges for these months with your tax adviser (§ 14a UStG).',
    where: CHARGES,
  },
  FINAL_TOTAL_NEGATIVE: {
    de: 'Das Guthaben steht dem Händler zu. Bis es als Rechnungskorrektur ausgestellt werden kann, bleibt der Händler im Lauf offen.',
    en: 'The credit is owed to the merchant. Until it can be issued as a credit note the merchant stays open in the run.',
    where: CHARGES,
  },
};
