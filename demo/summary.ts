import type { IssuedInvoice } from './billing.ts';

/** What a terminal shows per merchant: one line per invoice, the sections in columns where there is room. */
const SECTIONS = ['fulfilment', 'storage', 'software', 'returns', 'goodsIn', 'specialJobs'] as const;
type Section = (typeof SECTIONS)[number];
const NAMES: Record<Section, string> = {
  fulfilment: 'shipping',
  storage: 'storage',
  software: 'software',
  returns: 'returns',
  goodsIn: 'goods-in',
  specialJobs: 'jobs',
};
const HEAD = 24;
const SECTION = 10;
const TOTAL = 11;
/** Columns of the wide layout. */
const WIDE = HEAD + SECTIONS.length * SECTION + 3 * TOTAL;

/**
 * The invoices as a table, with sums. Amounts in EUR.
 * @param invoices  ordered by merchant and cut-off
 * @param columns   of the terminal; from 117 on sections are columns, else a second line
 */
export function invoiceTable(invoices: readonly IssuedInvoice[], columns: number): string {
  const isWide = columns >= WIDE;
  const merchants = [...new Set(invoices.map(({ merchantNumber }) => merchantNumber))];
  const rows = merchants.flatMap((number) => {
    const own = invoices.filter(({ merchantNumber }) => merchantNumber === number);
    return [`${number} ${own[0]!.merchantName}`, ...own.flatMap((invoice) => invoiceRows(invoice, isWide))];
  });
  const total = sumOf(invoices);
  const rule = '─'.repeat(isWide ? WIDE : HEAD + 3 * TOTAL);
  return [
    head(isWide),
    rule,
    ...rows,
    rule,
    ...cutoffs(invoices).flatMap((cutoff) => {
      const own = invoices.filter((invoice) => invoice.cutoff === cutoff);
      return amountRows(`${shortDay(cutoff)}  ${own.length} invoices`, sumOf(own), isWide);
    }),
    ...amountRows(`Total   ${invoices.length} invoices`, total, isWide),
  ].join('\n');
}

interface Amounts {
  sections: Record<Section, number>;
  netMinor: number;
  vatMinor: number;
  grossMinor: number;
}

const invoiceRows = (invoice: IssuedInvoice, isWide: boolean): string[] =>
  amountRows(`  ${shortDay(invoice.cutoff)}  ${invoice.number}`, sumOf([invoice]), isWide);

function amountRows(title: string, amounts: Amounts, isWide: boolean): string[] {
  const { netMinor, vatMinor, grossMinor } = amounts;
  const totals = [netMinor, vatMinor, grossMinor].map((minor) => amount(minor).padStart(TOTAL)).join('');
  if (isWide) {
    const sections = SECTIONS.map((section) => dashed(amounts.sections[section]).padStart(SECTION)).join('');
    return [title.padEnd(HEAD) + sections + totals];
  }
  const parts = SECTIONS.filter((section) => amounts.sections[section] !== 0).map(
    (section) => `${NAMES[section]} ${amount(amounts.sections[section])}`,
  );
  return [title.padEnd(HEAD) + totals, ...lines(parts)];
}

/** Three of them stand on a line, so that it fits into 80 columns. */
const lines = (parts: readonly string[]): string[] =>
  parts.flatMap((_part, index) => (index % 3 === 0 ? [`          ${parts.slice(index, index + 3).join(' · ')}`] : []));

function head(isWide: boolean): string {
  const totals = ['net', 'VAT', 'gross EUR'].map((name) => name.padStart(TOTAL)).join('');
  const sections = isWide ? SECTIONS.map((section) => NAMES[section].padStart(SECTION)).join('') : '';
  return 'Merchant, cut-off'.padEnd(HEAD) + sections + totals;
}

function sumOf(invoices: readonly Pick<IssuedInvoice, 'netMinor' | 'vatMinor' | 'grossMinor' | 'lines'>[]): Amounts {
  const lines = invoices.flatMap((invoice) => invoice.lines);
  const total = (part: 'netMinor' | 'vatMinor' | 'grossMinor') => sum(invoices.map((invoice) => invoice[part]));
  const sections = Object.fromEntries(
    SECTIONS.map((name) => [name, sum(lines.filter(({ section }) => section === name).map((line) => line.netMinor))]),
  ) as Record<Section, number>;
  return { sections, netMinor: total('netMinor'), vatMinor: total('vatMinor'), grossMinor: total('grossMinor') };
}

const cutoffs = (invoices: readonly IssuedInvoice[]): string[] =>
  [...new Set(invoices.map(({ cutoff }) => cutoff))].toSorted();

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const dashed = (minor: number): string => (minor === 0 ? '–' : amount(minor));

/** Cents as `1,234.56`. */
export const amount = (minor: number): string => {
  const [whole, cents] = (Math.abs(minor) / 100).toFixed(2).split('.');
  return `${minor < 0 ? '−' : ''}${whole!.replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Of `2026-10` or a day in it: `Oct`. */
export const monthName = (month: string): string => MONTHS[Number(month.slice(5, 7)) - 1]!;

/** `2026-10-15` as `15 Oct`. */
const shortDay = (day: string): string => `${day.slice(8)} ${monthName(day)}`;
