import { cut } from '../../../../shared/kernel/cut.ts';
import type { ContentLine, StorageDetail } from './invoice-content.ts';
import { INVOICE_WORDS } from './invoice-words.ts';

/** As the content model takes it. */
const MOST_DETAIL = 300;
/** Further ones are in the e-invoice. */
const MOST_NAMED = 3;

/** What stands in grey below a line: what it is for, how it was counted, its tier, what of it is late. */
export function detailOf(line: ContentLine, language: 'de' | 'en'): string {
  const texts = INVOICE_WORDS[language];
  const details = [
    ...(line.ownReference ? [line.ownReference] : []),
    ...takenBackDetail(line, language),
    ...(line.kind === 'volumeBack' || line.kind === 'volumeAgain' ? [texts.volume[line.kind]] : []),
    ...(line.detail ? texts.computed(line.detail) : []),
    ...(line.storage ? storageDetail(line.storage, language) : []),
    ...(line.jobDescription?.trim() ? [cut(line.jobDescription.trim(), 160)] : []),
    ...(line.tierFrom === null
      ? []
      : [texts.tier(texts.number(firstUnitOf(line.tierFrom)), line.tierTo && texts.number(line.tierTo))]),
    ...lateDetail(line, language),
  ];
  return cut(details.join(' · '), MOST_DETAIL);
}

function takenBackDetail({ takesBackOf: invoices }: ContentLine, language: 'de' | 'en'): string[] {
  if (!invoices?.length) return [];
  const texts = INVOICE_WORDS[language];
  const named = invoices
    .slice(0, MOST_NAMED)
    .map(({ number, issueDate }) => texts.invoiceOf(number, texts.date(issueDate)));
  return [texts.takesBackOf(named, invoices.length - named.length)];
}

function storageDetail({ bins, emptiedBins, sharedBins, reconstructedDays }: StorageDetail, language: 'de' | 'en') {
  const texts = INVOICE_WORDS[language].storage;
  const [rule, other] = emptiedBins;
  return [
    // a line whose month began with another rule says so with the charges alone
    ...(bins && rule && !other ? [texts.emptiedBins[rule]] : []),
    ...(bins ? sharedBins.flatMap((shared) => (shared === 'whole' ? [] : texts.sharedBins[shared])) : []),
    ...(reconstructedDays > 0 ? [texts.reconstructed(reconstructedDays)] : []),
  ];
}

/** A tier counts from the unit after the last one of the tier below. */
const firstUnitOf = (from: string): string => (/^\d+$/.test(from) ? String(Number(from) + 1) : from);

function lateDetail(line: ContentLine, language: 'de' | 'en'): string[] {
  if (line.lateFrom === null || line.lateTo === null) return [];
  const texts = INVOICE_WORDS[language];
  const days = texts.range(texts.date(line.lateFrom), texts.date(line.lateTo));
  return [
    line.lateQuantity === line.quantity ? texts.lateAll(days) : texts.latePart(texts.number(line.lateQuantity), days),
  ];
}
