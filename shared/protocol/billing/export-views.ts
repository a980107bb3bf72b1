import { z } from 'zod';
import { amountMinor, id, instant, localDate, localMonth } from '../schemas.ts';

/** Postings and debtors for DATEV, the EC sales list, and the documents themselves. */
export const exportKind = z.enum(['postings', 'debtors', 'ecSales', 'bundle']);
export type ExportKind = z.output<typeof exportKind>;

/** A month; of the EC sales list and of bundles also a quarter. */
export const exportPeriod = z
  .string()
  .regex(/^2[01]\d\d-(0[1-9]|1[0-2]|Q[1-4])$/, 'Must be a month, YYYY-MM, or a quarter, YYYY-Qn')
  .meta({ example: '2026-10' });

/** What a person should know of an export; what is `excluded` is not in the file. */
export const exportFinding = z.object({
  code: z.enum([
    ...(['NOT_FINALIZED', 'DOCUMENT_NOT_READY', 'ACCOUNT_MISSING', 'DEBTOR_NUMBER_INVALID'] as const),
    ...(['VAT_ID_MISSING', 'VAT_ID_INVALID', 'NUMBER_CHANGED', 'TEXT_CUT', 'ROUNDS_TO_ZERO'] as const),
    ...(['CHANGED_SINCE_EXPORT', 'WRITTEN_OFF', 'CREDIT_GRANTED', 'ACCOUNT_OF_ORIGINAL'] as const),
  ]),
  excluded: z.boolean(),
  invoiceId: id.nullable(),
  number: z.string().nullable(),
  merchantId: id,
  merchantName: z.string(),
  detail: z
    .string()
    .nullable()
    .meta({ description: 'The account, state, rate, month, text or count and sum it is about' }),
});
export type ExportFinding = z.output<typeof exportFinding>;

/** A document, in a month that the kind of export counts it in, and the export that had it first. */
const repeatOf = z.object({ exportId: id, madeAt: instant, madeByName: z.string() });
export const exportDocument = z.object({
  invoiceId: id,
  number: z.string(),
  merchantName: z.string(),
  month: localMonth,
  repeatOf: repeatOf.nullable(),
});
export type ExportDocument = z.output<typeof exportDocument>;

export const exportSums = z.object({
  documents: z.int(),
  rows: z.int().meta({ description: 'Lines of the file without its heads' }),
  netMinor: amountMinor,
  vatMinor: amountMinor,
  grossMinor: amountMinor,
});
export type ExportSums = z.output<typeof exportSums>;

/** Services under reverse charge to one VAT id, as the file reports them and of which documents they come. */
export const salesListRow = z.object({
  vatId: z.string(),
  merchantNames: z.array(z.string()),
  reportedMinor: amountMinor.nullable().meta({ description: 'Whole euros, as in the file; null: no line there' }),
  netMinor: amountMinor,
  issued: z
    .array(z.object({ month: localMonth, netMinor: amountMinor }))
    .meta({ description: 'The same by the month in which the documents were issued' }),
});
export type SalesListRow = z.output<typeof salesListRow>;

/** Why there is nothing to be made. */
export const exportBlock = z.enum([
  ...(['ISSUER_MISSING', 'ACCOUNTING_SETTINGS_MISSING'] as const),
  ...(['DEBTORS_COLLECTIVE', 'NOTHING_TO_EXPORT'] as const),
]);
export type ExportBlock = z.output<typeof exportBlock>;

export const exportPreview = z.object({
  kind: exportKind,
  period: exportPeriod,
  from: localDate,
  to: localDate,
  blockedBy: exportBlock.nullable(),
  sums: exportSums,
  newSums: exportSums.meta({ description: 'The same without what was exported before' }),
  findings: z.array(exportFinding),
  repeats: z.array(exportDocument).meta({ description: 'Documents that were exported before' }),
  salesList: z.array(salesListRow),
});
export type ExportPreview = z.output<typeof exportPreview>;

export const exportSummary = z.object({
  id,
  kind: exportKind,
  period: exportPeriod,
  onlyNew: z.boolean(),
  madeAt: instant,
  madeByName: z.string(),
  filename: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  sums: exportSums,
  repeatCount: z.int().meta({ description: 'Documents in it that an earlier export had already' }),
  findingCount: z.int(),
});
export type ExportSummary = z.output<typeof exportSummary>;
export const exportView = exportSummary.extend({
  findings: z.array(exportFinding),
  documents: z.array(exportDocument),
});
export type ExportView = z.output<typeof exportView>;
