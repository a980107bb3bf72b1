export interface FieldProblem {
  path: string;
  code: string;
  message: string;
}

/** The API refused or failed: a problem as in RFC 9457. `code` is stable and is what texts are chosen by. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** What is wrong with which field of the input (422). */
  readonly errors: readonly FieldProblem[];
  readonly requestId: string | undefined;
  /** How long the server asks to be left alone (429, 503). */
  readonly retryAfterMs: number | undefined;
  constructor(status: number, problem: Partial<Omit<ApiError, 'status'>> = {}) {
    super(problem.detail ?? `HTTP ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code ?? `HTTP_${status}`;
    this.detail = problem.detail ?? `HTTP ${status}`;
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId;
    this.retryAfterMs = problem.retryAfterMs;
  }
}

/** There was no answer: the network is away, or the server. What was sent may or may not have arrived. */
export class OfflineError extends Error {
  constructor(cause?: unknown) {
    super('The server cannot be reached', { cause });
    this.name = 'OfflineError';
  }
}

/**
 * Only the API's own problems have a code of theirs; what a proxy or a guest network writes is `HTTP_<status>`.
 * @param body        text of the answer
 * @param contentType the header; anything else than `application/problem+json` is not from the API
 * @param retryAfter  the header `Retry-After`, in seconds
 */
export function problemOf(
  status: number,
  body: string,
  contentType: string | null,
  retryAfter?: string | null,
): ApiError {
  const wait = retryAfter && Number(retryAfter) > 0 ? { retryAfterMs: Number(retryAfter) * 1_000 } : {};
  if (!contentType?.startsWith('application/problem+json')) return new ApiError(status, wait);
  try {
    return new ApiError(status, { ...(JSON.parse(body) as Partial<ApiError>), ...wait });
  } catch {
    return new ApiError(status, wait);
  }
}

export const hasCode = (error: unknown, ...codes: string[]): error is ApiError =>
  error instanceof ApiError && codes.includes(error.code);
