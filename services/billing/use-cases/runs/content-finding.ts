import type { Finding } from '../../../../shared/protocol/billing/runs-actions.ts';
import { invoiceContent } from '../../domain/invoices/invoice-content.ts';
import type { DraftLine } from '../../domain/invoices/invoice-draft.ts';
import { blocking } from '../../domain/runs/findings.ts';
import { lookedAt } from '../invoices/issuable-content.ts';
import type { RowDraft } from './compute-draft.ts';

/** What makes documents of these contents impossible, told before a number is taken: one finding, of the first. */
export function contentFinding(contents: readonly Record<string, unknown>[]): Finding[] {
  const fault = contents.map((content) => lookedAt(content).fault).find((found) => found !== undefined);
  return fault ? [blocking(fault.code, fault.message, fault.data)] : [];
}

/** What the documents of a draft would say. What is known only once charges are linked says no more than details. */
export const contentsOf = ({ drafts, due, merchant: { snapshot }, facts: { issuer } }: RowDraft) =>
  drafts.map((draft) =>
    invoiceContent({
      ...{
        issuer: issuer.profile,
        logo: issuer.logo,
        merchant: snapshot,
        language: snapshot.language,
        currency: 'EUR',
      },
      kind: draft.grossMinor < 0 ? 'creditNote' : 'invoice',
      due: due.filter(({ stream }) => draft.split === 'all' || draft.split === stream),
      lines: draft.lines.map(contentLine),
      vat: draft.vat,
      ...{ netMinor: draft.netMinor, vatMinor: draft.vatMinor, grossMinor: draft.grossMinor },
    }),
  );

const contentLine = ({ category, rateBasisPoints, ...line }: DraftLine) => ({
  ...line,
  detail: line.detail ?? null,
  jobDescription: null,
  vatCategory: category,
  vatRateBasisPoints: rateBasisPoints,
});
