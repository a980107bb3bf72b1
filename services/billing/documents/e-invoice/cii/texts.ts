import type { Language } from '../../../../../shared/documents/formats.ts';

interface XmlTexts {
  terms: {
    transfer(due: string, days: number): string;
    directDebit(day: string, mandate: string): string;
    settled: string;
    nothing: string;
  };
  /** Where the content gives no reason of its own. */
  exemption: { E: string; AE: string; O: string };
  directors(count: number): string;
  unit: string;
}

/** What the XML says in words of its own, beside what is in the content already. */
export const XML_TEXTS: Record<Language, XmlTexts> = {
  de: {
    terms: {
      transfer: (due, days) =>
        days === 0 ? 'Zahlbar sofort ohne Abzug' : `Zahlbar ohne Abzug bis zum ${due} (${days} Tage)`,
      directDebit: (day, mandate) => `Wir ziehen den Betrag am ${day} mit dem Mandat ${mandate} ein`,
      settled: 'Keine Zahlung erforderlich: mit Guthaben verrechnet',
      nothing: 'Keine Zahlung erforderlich: der Betrag wird verrechnet',
    },
    exemption: {
      E: 'Steuerfreie Leistung (§ 4 UStG)',
      AE: 'Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG)',
      O: 'Nicht im Inland steuerbare Leistung (§ 3a Abs. 2 UStG)',
    },
    directors: () => 'Geschäftsführung',
    unit: 'Einheit',
  },
  en: {
    terms: {
      transfer: (due, days) => (days === 0 ? 'Payable immediately, net' : `Payable net by ${due} (${days} days)`),
      directDebit: (day, mandate) => `We collect the amount on ${day} under the mandate ${mandate}`,
      settled: 'No payment is needed: settled with your credit balance',
      nothing: 'No payment is needed: the amount is set off',
    },
    exemption: {
      E: 'Exempt from VAT (section 4 of the German VAT Act)',
      AE: 'Reverse charge (Steuerschuldnerschaft des Leistungsempfängers)',
      O: 'Not taxable in Germany (section 3a (2) of the German VAT Act)',
    },
    directors: (count) => (count === 1 ? 'Managing director' : 'Managing directors'),
    unit: 'Unit',
  },
};
