import {
  dunningLetterModel,
  type DunningLetterModel,
} from '../../services/billing/documents/dunning/dunning-letter-model.ts';
import { addDays } from '../../shared/kernel/dates.ts';
import { sampleBuyer, sampleSeller } from './invoice-samples.ts';

type Dunned = DunningLetterModel['invoices'][number];
type Changes = Partial<Omit<DunningLetterModel, 'openMinor' | 'claimsMinor' | 'totalMinor'>>;

/** So many invoices of a level, the oldest first; from level 1 on with interest and lump sum. */
export const dunnedInvoices = (count: number, level: number): Dunned[] =>
  Array.from({ length: count }, (_, index) => ({
    number: `RE-2026-${String(300 + index).padStart(6, '0')}`,
    issueDate: addDays('2026-06-01', index),
    dueDate: addDays('2026-06-15', index),
    openMinor: 48_750 + index * 1_371,
    level,
    interestMinor: level === 0 ? 0 : 512 + index * 7,
    lumpSumMinor: level === 0 ? 0 : 4_000,
  }));

/** A letter of a level over so many invoices, added up. */
export function sampleLetter(level: number, count = 1, changes: Changes = {}): DunningLetterModel {
  const letter = {
    ...{ rendererVersion: 2, language: 'de', number: 'MA-10023-002', level, currency: 'EUR' },
    ...{ issueDate: '2026-11-02', asOf: '2026-11-02', payBy: '2026-11-12' },
    seller: sampleSeller,
    buyer: {
      merchantNumber: sampleBuyer.merchantNumber,
      name: sampleBuyer.name,
      addressLines: sampleBuyer.addressLines,
    },
    invoices: dunnedInvoices(count, level),
    ...{ feeMinor: 0, bankChargesMinor: 0, earlierClaimsMinor: 0 },
    ...changes,
  };
  const sum = (of: (invoice: Dunned) => number) => letter.invoices.reduce((total, invoice) => total + of(invoice), 0);
  const openMinor = sum((invoice) => invoice.openMinor);
  const claimsMinor =
    sum(({ interestMinor, lumpSumMinor }) => interestMinor + lumpSumMinor) +
    letter.feeMinor +
    letter.bankChargesMinor +
    letter.earlierClaimsMinor;
  return dunningLetterModel.parse({ ...letter, openMinor, claimsMinor, totalMinor: openMinor + claimsMinor });
}
