import { AppError } from '../../../../shared/kernel/errors.ts';
import { cut } from '../../../../shared/kernel/cut.ts';
import type { Finding } from '../e-invoice/index.ts';

/**
 * What is proven of a document before it is released, in this order; the names are archived with it.
 * `content`: it adds up. `glyphs`: the font has every character. `schema`, `rules`: the e-invoice is valid by the
 * schema of its profile and by EN 16931 and XRechnung. `pdf`: the file is the PDF/A-3a it says it is. `attachment`: the
 * e-invoice in it reads back byte by byte. `totals`: its figures are the document's. `print`: so is what stands on paper.
 */
export const CHECKS = ['content', 'glyphs', 'schema', 'rules', 'pdf', 'attachment', 'totals', 'print'] as const;
export type Check = (typeof CHECKS)[number];

const MOST_FINDINGS = 20;

/** A document that must not leave: which check it failed, and what was found. */
export function documentInvalid(check: Check, findings: readonly Finding[]): AppError {
  const [first] = findings;
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  const message = `The document failed the check "${check}": ${first?.rule}, ${first?.message}${more}`;
  return new AppError(422, 'DOCUMENT_INVALID', cut(message, 500), {
    check,
    findings: findings
      .slice(0, MOST_FINDINGS)
      .map(({ rule, path, message: text }) => ({ rule, path, message: cut(text, 300) })),
  });
}
