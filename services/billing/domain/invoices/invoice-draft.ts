import { formatMicros, parseMicros } from '../../../../shared/kernel/decimal.ts';
import type { LocalDate, LocalMonth } from '../../../../shared/kernel/dates.ts';
import { lineNetMinor, vatMinor } from '../../../../shared/kernel/money.ts';
import type { ChargeGroup } from '../../../../shared/protocol/billing/rate-adjustment.ts';
import type { Stream } from '../runs/periods.ts';
import { documentOf, keyOf, vatClassIn, type BillPart, type DocumentKey, type TaxTerms } from './tax-terms.ts';
import type { VatClass } from './vat.ts';

/**
 * What a line is: charges at their price, what a volume price takes back and bills again once its tier has moved, a
 * surcharge, a discount, or the difference to a minimum. Only charges stand on lines of the first kind.
 */
export type LineKind = 'charges' | 'volumeBack' | 'volumeAgain' | 'surcharge' | 'discount' | 'minimum';

/** How a computed line came to its price, in minor units and percent. */
export interface LineDetail {
  group?: ChargeGroup;
  /** Of a surcharge or discount: from which to which days it is taken. */
  days?: [LocalDate, LocalDate][];
  percent?: string;
  basisMinor?: number;
  maximumMinor?: number;
  /** Where a monthly maximum holds: what it would be without. */
  uncappedMinor?: number;
  minimumMinor?: number;
  reachedMinor?: number;
}

/** Charges of one merchant that share everything an invoice line is made of, summed up by the database. */
export interface AllocationGroup {
  kind: LineKind;
  /** The charge whose price is its own, so that its line is too; `null` where charges share a price. */
  ownCharge: string | null;
  ownReference: string | null;
  isFreight?: boolean;
  detail?: LineDetail;
  stream: Stream;
  section: string;
  chargeType: string;
  versionId: string;
  ruleKey: string;
  tierFrom: string | null;
  tierTo: string | null;
  unitPrice: string;
  baseQuantity: string;
  serviceMonth: LocalMonth;
  unit: string;
  label: { de: string; en: string };
  quantity: string;
  chargeCount: number;
  /** The part whose service date lies before the period billed. */
  lateQuantity: string;
  lateFrom: LocalDate | null;
  lateTo: LocalDate | null;
}

export interface DraftLine extends Omit<AllocationGroup, 'label' | 'stream' | 'isFreight'>, VatClass {
  position: number;
  label: string;
  netMinor: number;
}

export interface DraftVat extends VatClass {
  basisMinor: number;
  vatMinor: number;
}

export interface InvoiceDraft extends DocumentKey {
  lines: DraftLine[];
  vat: DraftVat[];
  netMinor: number;
  vatMinor: number;
  grossMinor: number;
}

/** The order of sections on paper. */
export const SECTIONS = [
  'fulfilment',
  'storage',
  'software',
  'returns',
  'goodsIn',
  'specialJobs',
  'adjustments',
] as const;

/** How a merchant's documents are made out. */
export interface DraftTerms extends TaxTerms {
  language: 'de' | 'en';
}

/**
 * The invoices that a merchant's unbilled charges make: one, or at month end one per stream where the contract says
 * so, and of each another one for what is outside the scope of VAT beside what is not. Net is rounded once per line, VAT once per category and rate on the summed nets; totals add up by construction
 * (billing.md, Lines, rounding, tax).
 */
export function draftInvoices(groups: readonly AllocationGroup[], terms: DraftTerms): InvoiceDraft[] {
  const byDocument = Map.groupBy(groups, (group) => keyOf(documentOf(terms, partOf(group))));
  return [...byDocument.values()].map((members) => {
    const document = documentOf(terms, partOf(members[0]!));
    const lines = members.toSorted(byPosition).map((group, index) => draftLine(group, index + 1, terms));
    const vat = summarizeVat(lines);
    const netMinor = sum(lines.map((line) => line.netMinor));
    const vatTotal = sum(vat.map((entry) => entry.vatMinor));
    return { ...document, lines, vat, netMinor, vatMinor: vatTotal, grossMinor: netMinor + vatTotal };
  });
}

const partOf = ({ stream, section, detail, serviceMonth }: AllocationGroup): BillPart => ({
  ...{ stream, serviceMonth },
  group: detail?.group ?? section,
});

function draftLine(allocated: AllocationGroup, position: number, terms: DraftTerms): DraftLine {
  const { stream: _, isFreight: __, ...group } = allocated;
  return {
    ...group,
    ...vatClassIn(terms, partOf(allocated)),
    position,
    label: group.label[terms.language],
    netMinor: lineNetMinor(parseMicros(group.quantity), parseMicros(group.unitPrice), parseMicros(group.baseQuantity)),
  };
}

function summarizeVat(lines: readonly DraftLine[]): DraftVat[] {
  const classes = Map.groupBy(lines, ({ category, rateBasisPoints }) => `${category} ${rateBasisPoints}`);
  return [...classes.values()].map((members) => {
    const { category, rateBasisPoints } = members[0]!;
    const basisMinor = sum(members.map(({ netMinor }) => netMinor));
    return { category, rateBasisPoints, basisMinor, vatMinor: vatMinor(basisMinor, rateBasisPoints) };
  });
}

/** Sections as on paper, then older months first, then the order of the card, tiers ascending. */
function byPosition(left: AllocationGroup, right: AllocationGroup): number {
  return (
    SECTIONS.indexOf(left.section as (typeof SECTIONS)[number]) -
      SECTIONS.indexOf(right.section as (typeof SECTIONS)[number]) ||
    left.serviceMonth.localeCompare(right.serviceMonth) ||
    ADJUSTING.indexOf(left.kind) - ADJUSTING.indexOf(right.kind) ||
    CHARGE_ORDER.indexOf(left.chargeType) - CHARGE_ORDER.indexOf(right.chargeType) ||
    // weight bands read in their order: 2kg before 10kg
    left.ruleKey.localeCompare(right.ruleKey, 'en', { numeric: true }) ||
    compareDecimals(left.tierFrom ?? '0', right.tierFrom ?? '0') ||
    compareDecimals(left.unitPrice, right.unitPrice) ||
    left.versionId.localeCompare(right.versionId) ||
    KINDS.indexOf(left.kind) - KINDS.indexOf(right.kind) ||
    (left.ownCharge ?? '').localeCompare(right.ownCharge ?? '')
  );
}

/** What adjusts comes after what it adjusts. */
const ADJUSTING: readonly LineKind[] = ['surcharge', 'discount', 'minimum'];
const KINDS: readonly LineKind[] = ['volumeBack', 'volumeAgain', 'charges'];

/** The order in which work happens in a warehouse; types that are not listed come first, by their rule. */
const CHARGE_ORDER = [
  'pick_first',
  'pick_further',
  'pick_line',
  'pick_weight',
  'pack',
  'material',
  'packaging',
  'freight',
  'carrier_surcharge',
  'cancel_after_pick',
  'return_parcel',
  'return_undeliverable',
  'return_item',
  'return_photo',
  'return_restock',
  'return_disposal',
  'quarantine_storage',
  'rtv_handling',
  'rtv_freight',
];

const compareDecimals = (left: string, right: string): number => Number(parseMicros(left) - parseMicros(right));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A decimal as the database writes it (`12.500000`) in its shortest form. */
export const plainDecimal = (value: string): string => formatMicros(parseMicros(value));
