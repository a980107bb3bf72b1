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
    de: 'Regel in der Preisliste ergänzen; die Posten werden danach von selbst bewertet.',
    en: 'Add a rule to the rate card; the charges are priced by themselves then.',
    where: `${CHARGES}&state=unrated`,
  },
  STORAGE_GAP: {
    de: 'Bestand der fehlenden Tage nachtragen, leere Tage als leer; dann neu berechnen.',
    en: 'Record the stock of the missing days, empty ones as empty; then recalculate.',
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
    en: "Enter the merchant's VAT id or change the tax treatment (§ 14a UStG).",
    where: MERCHANT,
  },
  ABOVE_USUAL: {
    de: 'Zeilen mit dem Vormonat vergleichen; stimmt der Betrag, beim Neuberechnen annehmen.',
    en: 'Compare the lines with the run before; if the total is right, accept it when recalculating.',
    where: CHARGES,
  },
  CHANGED_MUCH: {
    de: 'Abschnitte mit dem letzten vergleichbaren Lauf vergleichen, bevor freigegeben wird.',
    en: 'Compare the sections with the last comparable run before approving.',
    where: CHARGES,
  },
  ZERO_QUANTITY: {
    de: 'Die Posten der Zeile heben sich auf: prüfen, ob die Berichtigung gewollt ist.',
    en: 'The charges of the line cancel out: check whether the correction is meant.',
    where: CHARGES,
  },
  HELD_CHARGES: {
    de: 'Zurückgestellte Posten freigeben oder erlassen, wenn sie geklärt sind.',
    en: 'Release or waive held charges once they are settled.',
    where: `${CHARGES}&state=held`,
  },
  RECEIVED_NOT_INSPECTED: {
    de: 'Retouren prüfen lassen; was erst danach geprüft wird, kommt im nächsten Lauf.',
    en: 'Have the returns inspected; what is inspected later comes with the next run.',
    where: '/warehouse/returns',
  },
  OPEN_SPECIAL_JOBS: {
    de: 'Sonderaufträge abnehmen oder absagen; was erst danach abgenommen wird, kommt im nächsten Lauf.',
    en: 'Sign the special jobs off or cancel them; what is signed off later comes with the next run.',
    where: '/finance/special-jobs?merchantId={merchantId}',
  },
  EVENTS_PARKED: {
    de: 'Gescheiterte Ereignisse ansehen und erneut versuchen, dann neu berechnen.',
    en: 'Look at the failed events and try again, then recalculate.',
    where: '/admin/dead-events',
  },
  REVERSE_CHARGE_OVERDUE: {
    de: 'Heute noch freigeben und stellen: Die Frist des § 14a UStG, der 15. des Folgemonats, ist erreicht.',
    en: 'Approve and finalize today: the limit of § 14a UStG, the 15th of the following month, is reached.',
    where: CHARGES,
  },
  REVERSE_CHARGE_LATE: {
    de: 'Nachberechnungen für diese Monate mit der Steuerberatung klären (§ 14a UStG).',
    en: 'Clear the late charges for these months with your tax adviser (§ 14a UStG).',
    where: CHARGES,
  },
  FINAL_TOTAL_NEGATIVE: {
    de: 'Das Guthaben steht dem Händler zu. Bis es als Rechnungskorrektur gestellt werden kann, bleibt die Zeile offen.',
    en: 'The credit is owed to the merchant. Until it can be issued as a credit note the row stays open.',
    where: CHARGES,
  },
};
