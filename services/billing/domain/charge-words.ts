import type { RateConditions } from '../../../shared/protocol/billing/rate-card.ts';
import type { ChargeAttributes } from './charge-fact.ts';
import { baseUnitOf, unitOf } from './invoices/invoice-units.ts';

type Language = 'de' | 'en';

/** A sentence in both languages. */
export interface Words {
  de: string;
  en: string;
}

/** The rule that was looked at, and what the event says. */
export interface Looked {
  rule: { key: string; priority: number; unit: string; conditions: RateConditions };
  attributes: ChargeAttributes;
  unit: string;
  winner: { key: string; priority: number } | undefined;
}

/** Why a rule was not taken. @param code  as noted when the charge was rated */
export function rejectionWords(code: string, { rule, attributes, unit, winner }: Looked): Words {
  const { conditions } = rule;
  switch (code) {
    case 'COUNTRY':
      return asked('Land', 'country', listed(conditions.countries, conditions.countriesNot), attributes.country);
    case 'WEIGHT':
      return asked(
        'Gewicht',
        'weight',
        band(kilogrammes(conditions.weightGramsOver), kilogrammes(conditions.weightGramsUpTo), 'kg'),
        weightOf(attributes),
      );
    case 'AGE':
      return asked(
        'Lagerdauer',
        'storage age',
        band(conditions.ageDaysOver, conditions.ageDaysUpTo, 'days'),
        ages(attributes),
      );
    case 'UNIT':
      return {
        de: `Die Regel rechnet in „${unitOf(rule.unit, '1', 'de')}“, der Vorgang nennt „${unitOf(unit, '1', 'de')}“`,
        en: `The rule counts in "${unitOf(rule.unit, '1', 'en')}", the event says "${unitOf(unit, '1', 'en')}"`,
      };
    case 'PRIORITY':
      return {
        de: `Passt auch, aber ${winner?.key ?? 'eine andere Regel'} hat den höheren Rang (${winner?.priority ?? '?'} statt ${rule.priority})`,
        en: `Would apply too, but ${winner?.key ?? 'another rule'} has the higher priority (${winner?.priority ?? '?'}, not ${rule.priority})`,
      };
    default:
      return listWords(code, conditions, attributes);
  }
}

/** Conditions that name allowed values, with what they are of. */
const LISTS: Record<string, [keyof RateConditions, keyof ChargeAttributes, de: string, en: string]> = {
  CARRIER: ['carriers', 'carrier', 'Versanddienst', 'carrier'],
  CHANNEL: ['channels', 'channel', 'Verkaufskanal', 'channel'],
  CODE: ['codes', 'code', 'Kürzel', 'code'],
  RETURN_KIND: ['returnKinds', 'returnKind', 'Retourenart', 'kind of return'],
  GRADE: ['grades', 'grades', 'Zustand', 'grade'],
  METHOD: ['methods', 'method', 'Lagermethode', 'storage method'],
  TAG: ['tags', 'tags', 'Warengruppe', 'article group'],
};

function listWords(code: string, conditions: RateConditions, attributes: ChargeAttributes): Words {
  const [condition, attribute, de, en] = LISTS[code] ?? [];
  if (!condition || !attribute || !de || !en)
    return { de: 'Eine Bedingung ist nicht erfüllt', en: 'A condition does not hold' };
  const value = attributes[attribute];
  const here = (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined && one !== null).map(String);
  const wanted = conditions[condition] as readonly string[] | undefined;
  const says = code === 'RETURN_KIND' || code === 'METHOD' ? named : listed;
  return asked(de, en, says(wanted ?? []), here.length ? says(here) : undefined);
}

/** Codes of the product; all else is called as the house or a shop calls it. */
const NAMES: Record<string, Words> = {
  withdrawal: { de: 'Widerruf', en: 'withdrawal' },
  complaint: { de: 'Reklamation', en: 'complaint' },
  undeliverable: { de: 'unzustellbar', en: 'undeliverable' },
  exchange: { de: 'Umtausch', en: 'exchange' },
  binDay: { de: 'je Fach und Tag', en: 'per bin and day' },
  palletDay: { de: 'je Palette und Tag', en: 'per pallet and day' },
  cubicMetreDay: { de: 'je m³ und Tag', en: 'per m³ and day' },
  pieceDay: { de: 'je Stück und Tag', en: 'per piece and day' },
  monthEnd: { de: 'nach Bestand am Monatsende', en: 'by stock at month end' },
  monthAverage: { de: 'nach Monatsdurchschnitt', en: 'by monthly average' },
  monthPeak: { de: 'nach Monatshöchststand', en: 'by monthly peak' },
  halfMonth: { de: 'nach halben Monaten', en: 'by half months' },
  anniversary: { de: 'ab Einlagerung je Monat', en: 'per month from goods-in' },
};

const named = (codes: readonly string[]): Words => ({
  de: codes.map((code) => NAMES[code]?.de ?? code).join(', '),
  en: codes.map((code) => NAMES[code]?.en ?? code).join(', '),
});

const asked = (de: string, en: string, wanted: Words, here: Words | string | undefined): Words => {
  const found = typeof here === 'string' ? { de: here, en: here } : here;
  return {
    de: `${de}: verlangt wird ${wanted.de}; ${found ? `hier ist es ${found.de}` : 'hier ist nichts angegeben'}`,
    en: `The ${en} must be ${wanted.en}; ${found ? `here it is ${found.en}` : 'here none is given'}`,
  };
};

const listed = (allowed: readonly string[] | undefined, not?: readonly string[]): Words => {
  const [yes, no] = [allowed?.join(', '), not?.join(', ')];
  if (yes !== undefined && no !== undefined) return { de: `${yes}, nicht ${no}`, en: `${yes}, not ${no}` };
  if (no !== undefined) return { de: `ein anderes als ${no}`, en: `other than ${no}` };
  return { de: yes ?? 'etwas anderes', en: yes ?? 'something else' };
};

function band(over: number | undefined, upTo: number | undefined, unit: 'kg' | 'days'): Words {
  const bounds = (language: Language, [more, most]: readonly [string, string], and: string): string =>
    [
      ...(over === undefined ? [] : [`${more} ${shown(String(over), language)}`]),
      ...(upTo === undefined ? [] : [`${most} ${shown(String(upTo), language)}`]),
    ].join(` ${and} `);
  return {
    de: `${bounds('de', ['mehr als', 'höchstens'], 'und')} ${unit === 'kg' ? 'kg' : 'Tage'}`,
    en: `${bounds('en', ['more than', 'at most'], 'and')} ${unit}`,
  };
}

const kilogrammes = (grams: number | undefined) => (grams === undefined ? undefined : grams / 1_000);

function weightOf({ weightGrams }: ChargeAttributes): Words | undefined {
  if (weightGrams === undefined) return undefined;
  const kg = String(weightGrams / 1_000);
  return { de: `${shown(kg, 'de')} kg`, en: `${shown(kg, 'en')} kg` };
}

function ages({ ageDaysOver, ageDaysUpTo }: ChargeAttributes): Words | undefined {
  return ageDaysOver === undefined ? undefined : band(ageDaysOver, ageDaysUpTo, 'days');
}

const UNRATED: Record<string, Words> = {
  MERCHANT_UNKNOWN: { de: 'Der Händler ist noch nicht bekannt', en: 'The merchant is not known yet' },
  CARD_MISSING: {
    de: 'Die Preisliste, die der Vertrag nennt, gibt es nicht oder sie gehört jemand anderem',
    en: 'The rate card named by the contract does not exist or belongs to somebody else',
  },
  NO_VERSION: { de: 'Keine Preisliste galt an diesem Tag', en: 'No rate card was in force on this day' },
  NO_RULE: { de: 'Keine Regel der Preislisten passt', en: 'No rule of the rate cards applies' },
  AMBIGUOUS: { de: 'Mehrere Regeln gleichen Rangs passen', en: 'Several rules of equal priority apply' },
  VOLUME_MISSING: { de: 'Beim Lagerbestand fehlt das Volumen', en: 'The stock lacks its volume' },
  AMOUNT_MISSING: {
    de: 'Der Betrag fehlt, von dem der Preis abhängt',
    en: 'The amount that the price depends on is missing',
  },
  RERATING: { de: 'Der neue Preis wird gerade ermittelt', en: 'The new price is being found' },
};

/** Why a charge has no price. */
export const unratedWords = (code: string): Words =>
  UNRATED[code] ?? { de: 'Es gibt keinen Preis', en: 'There is no price' };

/** How a quantity becomes an amount: `3 Stück × 0,35 € = 1,05 €`. @param netMinor  rounded by itself */
export function calculationWords(
  { quantity, unitPrice, baseQuantity }: { quantity: string; unitPrice: string; baseQuantity: string },
  unit: string,
  netMinor: number,
): Words {
  const net = `${netMinor < 0 ? '-' : ''}${Math.floor(Math.abs(netMinor) / 100)}.${String(Math.abs(netMinor) % 100).padStart(2, '0')}`;
  const per = (language: 'de' | 'en') =>
    baseQuantity === '1' ? '' : ` ÷ ${shown(baseQuantity, language)} ${baseUnitOf(unit, baseQuantity, language)}`;
  return {
    de: `${shown(quantity, 'de')} ${unitOf(unit, quantity, 'de')} × ${shown(unitPrice, 'de', 2)} €${per('de')} = ${shown(net, 'de', 2)} €`,
    en: `${shown(quantity, 'en')} ${unitOf(unit, quantity, 'en')} × €${shown(unitPrice, 'en', 2)}${per('en')} = €${shown(net, 'en', 2)}`,
  };
}

/** As it is written where the language is spoken; prices have the two places of money at least. */
function shown(decimal: string, language: Language, places = 0): string {
  const [whole, fraction = ''] = decimal.split('.');
  const [thousands, point] = language === 'de' ? ['.', ','] : [',', '.'];
  const digits = fraction.replace(/0+$/, '').padEnd(places, '0');
  return whole!.replaceAll(/\B(?=(\d{3})+$)/g, thousands!) + (digits ? `${point}${digits}` : '');
}

/** billing.md, Lines. */
export const ROUNDING: Words = {
  de: 'Gerundet wird einmal je Rechnungsposition, kaufmännisch auf volle Cent; der Betrag dieses einen Vorgangs ist nur zur Ansicht gerundet',
  en: 'Each invoice line rounds once, half away from zero to whole cents; the amount of this single event is rounded for display only',
};
