import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { IssuerProfile } from '../../../../shared/protocol/billing/issuer.ts';
import type { MerchantSnapshot } from '../../../../shared/protocol/merchants/events.ts';
import type { Address } from '../../../../shared/protocol/schemas.ts';
import type { DuePeriod } from '../runs/periods.ts';
import { SECTIONS } from './invoice-draft.ts';

/** What the content of a document is made of; everything comes from frozen rows. */
export interface ContentSource {
  issuer: IssuerProfile;
  merchant: MerchantSnapshot;
  language: 'de' | 'en';
  currency: string;
  due: readonly DuePeriod[];
  lines: readonly ContentLine[];
  vat: readonly { category: 'S' | 'AE' | 'O' | 'E'; rateBasisPoints: number; basisMinor: number; vatMinor: number }[];
  netMinor: number;
  vatMinor: number;
  grossMinor: number;
}

export interface ContentLine {
  position: number;
  section: string;
  label: string;
  unit: string;
  serviceMonth: string;
  quantity: string;
  unitPrice: string;
  baseQuantity: string;
  tierFrom: string | null;
  tierTo: string | null;
  netMinor: number;
  vatCategory: 'S' | 'AE' | 'O' | 'E';
  vatRateBasisPoints: number;
  lateQuantity: string;
  lateFrom: LocalDate | null;
  lateTo: LocalDate | null;
}

/** The texts of a document that are its content, not its layout. */
const TEXTS = {
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
    units: {
      order: 'Auftrag',
      piece: 'Stück',
      parcel: 'Paket',
      return: 'Retoure',
      photo_set: 'Fotosatz',
      shipment: 'Sendung',
      day: 'Tag',
      bin_day: 'Fachtag',
      pallet_day: 'Palettentag',
      m3_day: 'm³-Tag',
      piece_day: 'Stücktag',
      month: 'Monat',
      minute: 'Minute',
      hour: 'Stunde',
      job: 'Pauschale',
    } as Record<string, string>,
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
    units: {
      order: 'order',
      piece: 'piece',
      parcel: 'parcel',
      return: 'return',
      photo_set: 'photo set',
      shipment: 'shipment',
      day: 'day',
      bin_day: 'bin day',
      pallet_day: 'pallet day',
      m3_day: 'm³ day',
      piece_day: 'piece day',
      month: 'month',
      minute: 'minute',
      hour: 'hour',
      job: 'flat rate',
    } as Record<string, string>,
    date: (day: LocalDate) => `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`,
    number: (value: string) => value.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ','),
  },
} as const;

/**
 * The content of an invoice but for its number and dates, which it gets in the last moment of finalizing. The shape is
 * the document's content model (`services/billing/documents/invoice-model.ts`).
 */
export function invoiceContent(source: ContentSource) {
  const texts = TEXTS[source.language];
  const periods = source.due.map(({ from, to }) => ({ from, to }));
  return {
    kind: 'invoice' as const,
    language: source.language,
    servicePeriod: {
      from: periods.map(({ from }) => from).toSorted()[0]!,
      to: periods
        .map(({ to }) => to)
        .toSorted()
        .at(-1)!,
    },
    currency: source.currency,
    seller: sellerOf(source.issuer),
    buyer: buyerOf(source.merchant),
    taxNotes: [...new Set(source.vat.flatMap(({ category }) => (category === 'S' ? [] : [texts.vatNotes[category]])))],
    sections: sectionsOf(source),
    vat: source.vat.map((entry) => ({
      ...entry,
      ...(entry.category === 'S' ? {} : { note: texts.vatNotes[entry.category] }),
    })),
    netMinor: source.netMinor,
    vatMinor: source.vatMinor,
    grossMinor: source.grossMinor,
    paymentTermsDays: source.merchant.paymentTermsDays,
  };
}

function sectionsOf({ lines, due, language }: ContentSource) {
  const texts = TEXTS[language];
  const bySection = Map.groupBy(lines, ({ section }) => section);
  return SECTIONS.flatMap((key) => {
    const members = bySection.get(key);
    if (!members) return [];
    return [
      {
        key,
        title: texts.sections[key],
        servicePeriod: servicePeriodOf(key, members, due),
        lines: members.map((line) => lineOf(line, language)),
        subtotalMinor: members.reduce((sum, { netMinor }) => sum + netMinor, 0),
      },
    ];
  });
}

/** The period billed; it reaches back where late charges stand among the lines. */
function servicePeriodOf(section: string, lines: readonly ContentLine[], due: readonly DuePeriod[]) {
  const period = due.find(({ stream }) => (stream === 'fulfilment') === (section === 'fulfilment')) ?? due[0]!;
  const lateFrom = lines.flatMap((line) => line.lateFrom ?? []).toSorted()[0];
  return { from: lateFrom && lateFrom < period.from ? lateFrom : period.from, to: period.to };
}

function lineOf(line: ContentLine, language: 'de' | 'en') {
  const texts = TEXTS[language];
  const details = [
    ...(line.tierFrom === null
      ? []
      : [texts.tier(texts.number(firstUnitOf(line.tierFrom)), line.tierTo && texts.number(line.tierTo))]),
    ...lateDetail(line, language),
  ];
  return {
    position: line.position,
    description: line.label,
    ...(details.length ? { detail: details.join(' · ') } : {}),
    quantity: line.quantity,
    unit: texts.units[line.unit] ?? line.unit,
    unitPrice: line.unitPrice,
    ...(line.baseQuantity === '1' ? {} : { baseQuantity: line.baseQuantity }),
    netMinor: line.netMinor,
    vatRateBasisPoints: line.vatRateBasisPoints,
    vatCategory: line.vatCategory,
  };
}

/** A tier counts from the unit after the last one of the tier below. */
const firstUnitOf = (from: string): string => (/^\d+$/.test(from) ? String(Number(from) + 1) : from);

function lateDetail(line: ContentLine, language: 'de' | 'en'): string[] {
  if (line.lateFrom === null || line.lateTo === null) return [];
  const texts = TEXTS[language];
  const days = texts.range(texts.date(line.lateFrom), texts.date(line.lateTo));
  return [
    line.lateQuantity === line.quantity ? texts.lateAll(days) : texts.latePart(texts.number(line.lateQuantity), days),
  ];
}

const COUNTRY_NAMES = new Intl.DisplayNames(['de'], { type: 'region' });

function addressLinesOf(address: Omit<Address, 'name'>): string[] {
  return [
    ...(address.extra ? [address.extra] : []),
    address.street,
    `${address.postalCode} ${address.city}`,
    // the country of destination stands in capitals in the language of the country of dispatch (UPU S42)
    ...(address.country === 'DE' ? [] : [(COUNTRY_NAMES.of(address.country) ?? address.country).toUpperCase()]),
  ];
}

const sellerOf = ({ address, ...issuer }: IssuerProfile) => ({ ...issuer, addressLines: addressLinesOf(address) });

const buyerOf = (merchant: MerchantSnapshot) => ({
  merchantNumber: merchant.number,
  name: merchant.address.name,
  addressLines: addressLinesOf(merchant.address),
  ...(merchant.vatId ? { vatId: merchant.vatId } : {}),
  ...(merchant.purchaseOrderReference ? { orderReference: merchant.purchaseOrderReference } : {}),
});
