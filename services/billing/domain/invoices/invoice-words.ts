import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import { formatMicros } from '../../../../shared/kernel/decimal.ts';
import type { LineDetail } from './invoice-draft.ts';

const germanNumber = (value: string): string => value.replace('.', ',').replace(/\B(?=(\d{3})+(?!\d))(?<!,\d*)/g, '.');
const englishNumber = (value: string): string => value.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

interface ComputedWords {
  number: (value: string) => string;
  percentOf: (percent: string, basis: string) => string;
  atMost: (maximum: string) => string;
  minimum: (minimum: string, reached: string) => string;
}
const GERMAN: ComputedWords = {
  number: germanNumber,
  percentOf: (percent, basis) => `${percent} % auf ${basis} €`,
  atMost: (maximum) => `höchstens ${maximum} € im Monat`,
  minimum: (minimum, reached) => `Mindestumsatz ${minimum} €, erreicht ${reached} €`,
};
const ENGLISH: ComputedWords = {
  number: englishNumber,
  percentOf: (percent, basis) => `${percent}% of €${basis}`,
  atMost: (maximum) => `at most €${maximum} a month`,
  minimum: (minimum, reached) => `minimum €${minimum}, reached €${reached}`,
};

/** How a computed line came to its amount, so that the reader can work it out. */
function computed({ percent, basisMinor, maximumMinor, minimumMinor, reachedMinor }: LineDetail, words: ComputedWords) {
  const amount = (minor: number) => words.number(twoPlaces(minor));
  return [
    ...(percent === undefined || basisMinor === undefined
      ? []
      : [words.percentOf(words.number(percent), amount(basisMinor))]),
    ...(maximumMinor === undefined ? [] : [words.atMost(amount(maximumMinor))]),
    ...(minimumMinor === undefined || reachedMinor === undefined
      ? []
      : [words.minimum(amount(minimumMinor), amount(reachedMinor))]),
  ];
}

/** Minor units as a decimal with two places. */
function twoPlaces(minor: number): string {
  const [whole = '0', fraction = ''] = formatMicros(BigInt(minor) * 10_000n).split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

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
      adjustments: 'Zu- und Abschläge',
    },
    tier: (from: string, to: string | null) => (to === null ? `Staffel ab ${from}` : `Staffel ${from} bis ${to}`),
    volume: {
      volumeBack: 'Gutgebracht zum bisherigen Staffelpreis',
      volumeAgain: 'Neu berechnet zum erreichten Staffelpreis',
    },
    computed: (detail: LineDetail) => computed(detail, GERMAN),
    storage: {
      emptiedBins: {
        counts: 'Bestand um 0 Uhr; ein im Lauf des Tages geleertes Fach zählt mit',
        free: 'Bestand um 0 Uhr; ein im Lauf des Tages geleertes Fach zählt nicht mit',
      },
      sharedBins: {
        byVolume: 'gemeinsam belegte Fächer nach Volumen geteilt',
        firstOwner: 'gemeinsam belegte Fächer zählen beim Ersten',
      },
      reconstructed: (days: number) =>
        days === 1 ? 'ein Tag aus Bewegungen nachgebildet' : `${days} Tage aus Bewegungen nachgebildet`,
    },
    lateAll: (days: string) => `Nachberechnung, Leistung vom ${days}`,
    latePart: (quantity: string, days: string) => `davon Nachberechnung: ${quantity}, Leistung vom ${days}`,
    invoiceOf: (number: string, day: string) => `${number} vom ${day}`,
    takesBackOf: (invoices: readonly string[], more: number) =>
      `Berichtigung zu Rechnung ${invoices.join(', ')}${more > 1 ? ` und ${more} weiteren` : more ? ' und einer weiteren' : ''}`,
    range: (from: string, to: string) => (from === to ? from : `${from} bis ${to}`),
    vatNotes: {
      AE: 'Steuerschuldnerschaft des Leistungsempfängers (§ 13b UStG, Art. 196 MwStSystRL).',
      O: 'Nicht im Inland steuerbare Leistung (§ 3a Abs. 2 UStG).',
      // the merchant's own reason is more exact; those of before had none
      E: 'Steuerfreie Leistung (§ 4 UStG).',
    },
    date: (day: LocalDate) => `${day.slice(8)}.${day.slice(5, 7)}.${day.slice(0, 4)}`,
    number: germanNumber,
  },
  en: {
    sections: {
      fulfilment: 'Picking and shipping',
      storage: 'Storage',
      software: 'Software',
      returns: 'Returns',
      goodsIn: 'Goods in',
      specialJobs: 'Special jobs',
      adjustments: 'Surcharges and discounts',
    },
    tier: (from: string, to: string | null) => (to === null ? `Tier from ${from}` : `Tier ${from} to ${to}`),
    volume: {
      volumeBack: 'Taken back at the former tier price',
      volumeAgain: 'Billed again at the tier price reached',
    },
    computed: (detail: LineDetail) => computed(detail, ENGLISH),
    storage: {
      emptiedBins: {
        counts: 'stock at midnight; a bin emptied during the day counts',
        free: 'stock at midnight; a bin emptied during the day does not count',
      },
      sharedBins: {
        byVolume: 'shared bins divided by volume',
        firstOwner: 'shared bins count for whoever was first',
      },
      reconstructed: (days: number) =>
        days === 1 ? 'one day rebuilt from movements' : `${days} days rebuilt from movements`,
    },
    lateAll: (days: string) => `Billed subsequently, service of ${days}`,
    latePart: (quantity: string, days: string) => `of which billed subsequently: ${quantity}, service of ${days}`,
    invoiceOf: (number: string, day: string) => `${number} of ${day}`,
    takesBackOf: (invoices: readonly string[], more: number) =>
      `Correction of invoice ${invoices.join(', ')}${more ? ` and ${more} more` : ''}`,
    range: (from: string, to: string) => (from === to ? from : `${from} to ${to}`),
    vatNotes: {
      AE: 'Reverse charge (Steuerschuldnerschaft des Leistungsempfängers): VAT is to be accounted for by the recipient (Art. 196 of Directive 2006/112/EC).',
      O: 'Service not taxable in Germany (section 3a (2) of the German VAT Act).',
      E: 'Exempt from VAT (section 4 of the German VAT Act).',
    },
    // as elsewhere on the document: 01/10 is another day to Americans
    date: (day: LocalDate) => `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`,
    number: englishNumber,
  },
} as const;
