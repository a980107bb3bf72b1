import { AppError } from '../../../../shared/kernel/errors.ts';
import { documentFinding, type DocumentFinding } from '../../../../shared/protocol/billing/document-finding.ts';

/** About ten minutes of tries: a machine that is short of memory for a while parks nothing. */
const MOST_CRASHES = 10;

/** What is noted of a document or letter that could not be made. */
export interface Failure {
  /** What in its own content makes it impossible; nothing where another try may succeed. */
  finding: DocumentFinding | undefined;
  /** How often the process that makes it has died or hung over it by now. */
  crashes: number;
}

/** @param crashes  of the tries before */
export function failureOf(error: unknown, crashes: number): Failure {
  if (!(error instanceof AppError)) return { finding: undefined, crashes };
  if (['CHILD_CRASHED', 'CHILD_TIMED_OUT'].includes(error.type)) return crashed(crashes + 1);
  return { finding: documentFinding.safeParse({ code: error.type, ...error.data }).data, crashes };
}

const crashed = (crashes: number): Failure => ({
  finding: crashes < MOST_CRASHES ? undefined : { code: 'DOCUMENT_CRASHED', crashes },
  crashes,
});
