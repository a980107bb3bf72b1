import { AppError } from '../../../../shared/kernel/errors.ts';
import { documentFinding, type DocumentFinding } from '../../../../shared/protocol/billing/runs-views.ts';

/** What in its own content makes a document impossible; nothing where another try may succeed. */
export const findingOf = (error: unknown): DocumentFinding | undefined =>
  error instanceof AppError ? documentFinding.safeParse({ code: error.type, ...error.data }).data : undefined;
