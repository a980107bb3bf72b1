import { RuleViolation } from '../../../../shared/kernel/errors.ts';
import { INVOICE_RENDERER_VERSION, invoiceModel } from '../../documents/invoice-model.ts';
import type { Content } from '../../documents/mirrored-model.ts';

/** What makes a document of a content impossible: the first thing that is wrong. */
export interface ContentFault {
  /** By where it was entered. */
  code: 'MERCHANT_CONTENT_INVALID' | 'ISSUER_CONTENT_INVALID' | 'LINE_CONTENT_INVALID' | 'CONTENT_INVALID';
  message: string;
  /** `field` such as `buyer.name`; people count from 1. */
  data: { field: string; reason: string };
}

type Looked = { content: Content; fault?: undefined } | { content?: undefined; fault: ContentFault };

/** In place of what a document gets in the last moment. */
const UNNUMBERED = {
  ...{ rendererVersion: INVOICE_RENDERER_VERSION, number: 'X', issueDate: '2000-01-01', dueDate: '2000-01-01' },
};

/**
 * Looks at a content before its number is taken: what is wrong with it would be found only when the document is made,
 * and then for ever, because it is frozen.
 * @returns the content as the document has it, texts without blanks at their edges; or what is wrong with it
 */
export function lookedAt(content: Record<string, unknown>): Looked {
  const parsed = invoiceModel.safeParse({ ...content, ...UNNUMBERED });
  if (!parsed.success) return { fault: faultOf(parsed.error.issues[0]!) };
  const { rendererVersion: _, number: __, issueDate: ___, dueDate: ____, ...said } = parsed.data;
  return { content: said };
}

/** @throws RuleViolation with the code and the field of what is wrong */
export function issuable(content: Record<string, unknown>): Content {
  const looked = lookedAt(content);
  if (looked.fault) throw new RuleViolation(looked.fault.code, looked.fault.message, looked.fault.data);
  return looked.content;
}

function faultOf({ path, message: reason }: { path: PropertyKey[]; message: string }): ContentFault {
  const field = path.map((part) => (typeof part === 'number' ? part + 1 : String(part))).join('.');
  const place = path[0] === 'sections' && !WORDS_OF_LINE.test(field) ? undefined : CODES[String(path[0])];
  return {
    code: place ?? 'CONTENT_INVALID',
    message: `No document can be made of this: ${field}: ${reason}`,
    data: { field, reason },
  };
}

const WORDS_OF_LINE = /\.(description|unit|baseUnit)$/;
/** Where the words of a content are entered; all else follows from them. */
const CODES: Record<string, ContentFault['code']> = {
  buyer: 'MERCHANT_CONTENT_INVALID',
  seller: 'ISSUER_CONTENT_INVALID',
  sections: 'LINE_CONTENT_INVALID',
};
