import { filled } from '../../../../shared/kernel/trimmed.ts';
import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import type { IssuerProfile } from '../../../../shared/protocol/billing/issuer.ts';
import type { StoragePolicy } from '../../../../shared/protocol/billing/storage-actions.ts';
import type { MerchantSnapshot } from '../../../../shared/protocol/merchants/events.ts';
import type { DuePeriod } from '../runs/periods.ts';
import { INVOICE_WORDS } from './invoice-words.ts';
import { SECTIONS, type LineDetail, type LineKind } from './invoice-draft.ts';
import { baseUnitOf, unitCodeOf, unitOf } from './invoice-units.ts';
import { detailOf } from './line-detail.ts';
import { buyerOf, sellerOf } from './parties.ts';

/** What the content of a document is made of; everything comes from frozen rows. */
export interface ContentSource {
  /** A credit note where the total is negative. */
  kind: 'invoice' | 'creditNote';
  issuer: IssuerProfile;
  /** As it is archived. */
  logo?: { objectKey: string; sha256: string } | null;
  merchant: MerchantSnapshot;
  language: 'de' | 'en';
  currency: string;
  due: readonly DuePeriod[];
  lines: readonly ContentLine[];
  vat: readonly { category: 'S' | 'AE' | 'O' | 'E'; rateBasisPoints: number; basisMinor: number; vatMinor: number }[];
  netMinor: number;
  vatMinor: number;
  grossMinor: number;
  /** Among the lines already; the latest cut-off by which a run carried it over, and what it comes to. */
  carriedOver?: { cutoff: LocalDate; netMinor: number } | undefined;
}

export interface ContentLine {
  kind: LineKind;
  detail: LineDetail | null;
  /** What a line of a single charge is for: the number of its shipment, job or batch. */
  ownReference: string | null;
  position: number;
  section: string;
  label: string;
  unit: string;
  /** What was done, where the line is a single job. */
  jobDescription: string | null;
  /** The invoices that the charges of a line take something back of; looked for where there is no other reference to them. */
  takesBackOf?: readonly TakenBackOf[] | null;
  /** How storage was counted, on its lines. */
  storage?: StorageDetail | null;
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

export interface TakenBackOf {
  number: string;
  issueDate: LocalDate;
}

export interface StorageDetail {
  /** Everything on the line was measured in bins. */
  bins: boolean;
  emptiedBins: readonly StoragePolicy['emptiedBins'][];
  sharedBins: readonly StoragePolicy['sharedBins'][];
  reconstructedDays: number;
}

/**
 * The content of an invoice but for its number and dates, which it gets in the last moment of finalizing. The shape is
 * the document's content model (`services/billing/documents/invoice-model.ts`).
 */
export function invoiceContent(source: ContentSource) {
  const vat = source.vat.map((entry) => ({ ...entry, ...noteOf(entry.category, source) }));
  const periods = source.due.map(({ from, to }) => ({ from, to }));
  return {
    kind: source.kind,
    language: source.language,
    servicePeriod: {
      from: periods.map(({ from }) => from).toSorted()[0]!,
      to: periods
        .map(({ to }) => to)
        .toSorted()
        .at(-1)!,
    },
    currency: source.currency,
    seller: sellerOf(source.issuer, source.logo),
    buyer: buyerOf(source.merchant),
    ...takesBackOf(source),
    taxNotes: [...new Set(vat.flatMap(({ note }) => note ?? []))],
    sections: sectionsOf(source),
    vat,
    netMinor: source.netMinor,
    vatMinor: source.vatMinor,
    grossMinor: source.grossMinor,
    ...carriedOver(source),
    paymentTermsDays: source.merchant.paymentTermsDays,
  };
}

/** A negative total that waited for this invoice is shown on it (billing.md, Lines); what cancelled out is not. */
function carriedOver({ kind, carriedOver: carried }: ContentSource) {
  if (kind !== 'invoice' || !carried || carried.netMinor >= 0) return {};
  return { carriedOver: { cutoff: carried.cutoff, netMinor: carried.netMinor } };
}

/** A reduction names what it reduces (§ 31 Abs. 5 UStDV). */
function takesBackOf({ kind, lines }: ContentSource): { takesBackOf?: TakenBackOf[] } {
  if (kind !== 'creditNote') return {};
  const byNumber = new Map(lines.flatMap((line) => line.takesBackOf ?? []).map((one) => [one.number, one]));
  if (!byNumber.size) return {};
  const inOrder = (a: TakenBackOf, b: TakenBackOf) =>
    a.issueDate.localeCompare(b.issueDate) || a.number.localeCompare(b.number, 'en', { numeric: true });
  return { takesBackOf: [...byNumber.values()].toSorted(inOrder) };
}

/** Why no VAT is charged (§ 14 Abs. 4 Nr. 8, § 14a Abs. 5 UStG); an exempt merchant's record says it itself. */
function noteOf(category: ContentLine['vatCategory'], { language, merchant }: ContentSource): { note?: string } {
  if (category === 'S') return {};
  const own = category === 'E' ? filled(merchant.exemptionReason) : undefined;
  return { note: own ?? INVOICE_WORDS[language].vatNotes[category] };
}

function sectionsOf({ lines, due, language }: ContentSource) {
  const texts = INVOICE_WORDS[language];
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
  const detail = detailOf(line, language);
  return {
    position: line.position,
    description: line.label,
    ...(detail ? { detail } : {}),
    quantity: line.quantity,
    unit: unitOf(line.unit, line.quantity, language),
    unitCode: unitCodeOf(line.unit),
    unitPrice: line.unitPrice,
    ...(line.baseQuantity === '1'
      ? {}
      : { baseQuantity: line.baseQuantity, baseUnit: baseUnitOf(line.unit, line.baseQuantity, language) }),
    netMinor: line.netMinor,
    vatRateBasisPoints: line.vatRateBasisPoints,
    vatCategory: line.vatCategory,
    ...(line.kind === 'surcharge' || line.kind === 'discount' ? { adjusts: adjustmentOf(line.detail) } : {}),
  };
}

const adjustmentOf = (detail: LineDetail | null) => ({
  ...(detail?.percent === undefined ? {} : { percent: detail.percent }),
  ...(detail?.basisMinor === undefined ? {} : { basisMinor: detail.basisMinor }),
});
