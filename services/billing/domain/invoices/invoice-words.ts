import type { LocalDate } from '../../../../shared/kernel/dates.ts';

/** The texts of a document that are its content, not its layout. */
export const INVOICE_WORDS = {
  de: {
    sections: {
      fulfilment: 'Kommissionierung und Versand',
      storage: 'Lagerung',
      software: 'Software',
      returns: 'Retouren',
      goodsIn: 'Wareneingang',
      specialJobs: 'Sonderaufträge',
      adjustments: 'Anpassungen',
    },
    tier: (from: string, to: string | null) => (to === null ? `Staffel ab ${from}` : `Staffel ${from} bis ${to}`),
    lateAll: (days: string) => `Nachberechnung, Leistung vom ${days}`,
    latePart: (quantity: string, days: string) => `davon Nachberechnung: ${quantity}, Leistung vom ${days}`,
    range: (from: string, to: string) => (from === to ? from : `${from} bis ${to}`),
    vatNotes: {
      AE: 'Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG, Art. 196 MwStSystRL).',
      O: 'Nicht im Inland steuerbare Leistung (§ 3a Abs. 2 UStG).',
      E: 'Steuerfreie Leistung.',
    },
    date: (day: LocalDate) => `${day.slice(8)}.${day.slice(5, 7)}.${day.slice(0, 4)}`,
    number: (value: string) => value.replace('.', ',').replace(/\B(?=(\d{3})+(?!\d))(?<!,\d*)/g, '.'),
  },
  en: {
    sections: {
      fulfilment: 'Picking and shipping',
      storage: 'Storage',
      software: 'Software',
      returns: 'Returns',
      goodsIn: 'Goods in',
      specialJobs: 'Special jobs',
      adjustments: 'Adjustments',
    },
    tier: (from: string, to: string | null) => (to === null ? `Tier from ${from}` : `Tier ${from} to ${to}`),
    lateAll: (days: string) => `Late charge, service of ${days}`,
    latePart: (quantity: string, days: string) => `including late charges: ${quantity}, service of ${days}`,
    range: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
    vatNotes: {
      AE: 'Reverse charge: VAT is to be accounted for by the recipient (Art. 196 of Directive 2006/112/EC).',
      O: 'Service not taxable in Germany (section 3a (2) of the German VAT Act).',
      E: 'Exempt from VAT.',
    },
    date: (day: LocalDate) => `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`,
    number: (value: string) => value.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ','),
  },
} as const;
