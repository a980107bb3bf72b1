import type { Language } from '../../../../../shared/documents/formats.ts';

interface XmlTexts {
  terms: {
    transfer(due: string, days: number): string;
    directDebit(day: string, mandate: string): string;
    settled: string;
    nothing: string;
  };
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
      E: 'Steuerfreie Leistung',
      AE: 'Steuerschuldnerschaft des Leistungsempfängers',
      O: 'Nicht im Inland steuerbare Leistung',
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
    exemption: { E: 'Exempt from VAT', AE: 'Reverse charge', O: 'Not subject to German VAT' },
    directors: (count) => (count === 1 ? 'Managing director' : 'Managing directors'),
    unit: 'Unit',
  },
};
