import type { ExportFinding } from '../../../../shared/protocol/billing/export-views.ts';
import type { IssuedDocument } from './issued-document.ts';

/** @param excluded  whether it keeps the document, or this part of it, out of the file */
export const findingOf = (
  { id, number, merchantId, merchantName }: Pick<IssuedDocument, 'id' | 'number' | 'merchantId' | 'merchantName'>,
  code: ExportFinding['code'],
  excluded: boolean,
  detail: string | null,
): ExportFinding => ({ code, excluded, invoiceId: id, number, merchantId, merchantName, detail });
