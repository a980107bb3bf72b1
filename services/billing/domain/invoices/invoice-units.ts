import { parseMicros } from '../../../../shared/kernel/decimal.ts';

type Language = 'de' | 'en';

/** For one, and for every other quantity. */
type Forms = readonly [one: string, many: string];

const UNITS: Record<string, Record<Language, Forms>> = {
  order: { de: ['Auftrag', 'Aufträge'], en: ['order', 'orders'] },
  piece: { de: ['Stück', 'Stück'], en: ['piece', 'pieces'] },
  line: { de: ['Position', 'Positionen'], en: ['line', 'lines'] },
  kg: { de: ['kg', 'kg'], en: ['kg', 'kg'] },
  surcharge: { de: ['Zuschlag', 'Zuschläge'], en: ['surcharge', 'surcharges'] },
  parcel: { de: ['Paket', 'Pakete'], en: ['parcel', 'parcels'] },
  return: { de: ['Retoure', 'Retouren'], en: ['return', 'returns'] },
  photo_set: { de: ['Fotosatz', 'Fotosätze'], en: ['photo set', 'photo sets'] },
  shipment: { de: ['Sendung', 'Sendungen'], en: ['shipment', 'shipments'] },
  delivery: { de: ['Lieferung', 'Lieferungen'], en: ['delivery', 'deliveries'] },
  pallet: { de: ['Palette', 'Paletten'], en: ['pallet', 'pallets'] },
  carton: { de: ['Karton', 'Kartons'], en: ['carton', 'cartons'] },
  day: { de: ['Tag', 'Tage'], en: ['day', 'days'] },
  bin_day: { de: ['Fachtag', 'Fachtage'], en: ['bin day', 'bin days'] },
  pallet_day: { de: ['Palettentag', 'Palettentage'], en: ['pallet day', 'pallet days'] },
  m3_day: { de: ['m³-Tag', 'm³-Tage'], en: ['m³ day', 'm³ days'] },
  piece_day: { de: ['Stücktag', 'Stücktage'], en: ['piece day', 'piece days'] },
  bin_month: { de: ['Fachmonat', 'Fachmonate'], en: ['bin month', 'bin months'] },
  pallet_month: { de: ['Palettenmonat', 'Palettenmonate'], en: ['pallet month', 'pallet months'] },
  m3_month: { de: ['m³-Monat', 'm³-Monate'], en: ['m³ month', 'm³ months'] },
  piece_month: { de: ['Stückmonat', 'Stückmonate'], en: ['piece month', 'piece months'] },
  user: { de: ['Benutzer', 'Benutzer'], en: ['user', 'users'] },
  month: { de: ['Monat', 'Monate'], en: ['month', 'months'] },
  minute: { de: ['Min.', 'Min.'], en: ['min', 'min'] },
  hour: { de: ['Stunde', 'Stunden'], en: ['hour', 'hours'] },
  package: { de: ['Einheit', 'Einheiten'], en: ['package', 'packages'] },
  lump_sum: { de: ['pauschal', 'pauschal'], en: ['lump sum', 'lump sums'] },
  job: { de: ['Pauschale', 'Pauschalen'], en: ['flat rate', 'flat rates'] },
};

/**
 * A unit as printed beside its quantity: `1 Retoure`, `10 Retouren`, `-1 Retoure`. A unit that a card made up itself
 * is printed as the card has it.
 */
export function unitOf(unit: string, quantity: string, language: Language): string {
  const forms = UNITS[unit]?.[language];
  if (!forms) return unit;
  const micros = parseMicros(quantity);
  return forms[(micros < 0n ? -micros : micros) === 1_000_000n ? 0 : 1];
}

/** The unit of a price's base: 7.50 for a bin day are 7.50 for a bin per 31 days, 42.00 for a minute per 60 minutes. */
export const baseUnitOf = (unit: string, baseQuantity: string, language: Language): string =>
  unitOf(unit.endsWith('_day') ? 'day' : unit, baseQuantity, language);

/**
 * Units with a code of their own in UN/ECE Recommendation 20, or 21 for packages with an X before it (EN 16931 BR-CL-23).
 * What else is counted, such as days of a cubic metre, has none and is C62, one.
 */
export const UNIT_CODES: Record<string, string> = {
  piece: 'H87',
  kg: 'KGM',
  parcel: 'XPC',
  photo_set: 'SET',
  pallet: 'XPX',
  carton: 'XCT',
  day: 'DAY',
  month: 'MON',
  minute: 'MIN',
  hour: 'HUR',
  lump_sum: 'LS',
  job: 'LS',
};
export const unitCodeOf = (unit: string): string => UNIT_CODES[unit] ?? 'C62';
