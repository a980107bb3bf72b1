import { cut } from '../../../../shared/kernel/cut.ts';
import { AppError } from '../../../../shared/kernel/errors.ts';
import { backOffMs } from '../../../../shared/persistence/work.ts';
import { documentFinding } from '../../../../shared/protocol/billing/document-finding.ts';
import type { DocumentFailure } from '../../persistence/runs/documents.ts';

/** About ten minutes of tries: a machine that is short of memory for a while parks nothing. */
const MOST_CRASHES = 10;

/**
 * What is noted of an invoice or letter that could not be made. It is tried again for as long as it takes: a store that
 * is away comes back. What its own content makes impossible, and what crashes again and again, has a finding.
 * @param tries   so far, this one among the attempts and not yet among the crashes
 * @param random  a number in [0, 1)
 */
export function failureOf(
  error: unknown,
  tries: { attempts: number; crashes: number },
  random: number,
): DocumentFailure {
  const hasCrashed = error instanceof AppError && ['CHILD_CRASHED', 'CHILD_TIMED_OUT'].includes(error.type);
  const crashes = tries.crashes + (hasCrashed ? 1 : 0);
  const own = error instanceof AppError ? { code: error.type, ...error.data } : undefined;
  const found = hasCrashed && crashes >= MOST_CRASHES ? { code: 'DOCUMENT_CRASHED', crashes } : own;
  return {
    error: cut(error instanceof Error ? error.message : String(error), 1_000),
    finding: documentFinding.safeParse(found).data,
    crashes,
    waitMs: backOffMs(tries.attempts, random, { firstMs: 1_000, maxMs: 600_000 }),
  };
}
