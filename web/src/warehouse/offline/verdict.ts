/** What a failed request means for the step that was sent. */
export type Verdict =
  | { kind: 'offline' }
  | { kind: 'login' }
  | { kind: 'retry'; retryAfterMs: number | undefined }
  | {
      kind: 'conflict';
      status: number;
      code: string;
      detail: string;
      errors: readonly { path: string; code: string; message: string }[];
    };

/** Answers that say nothing about the step itself, beside all 5xx. */
const PASSING = [408, 425, 429];

/**
 * Whether a step is sent again, waits for a log-in, or needs a person. Without a status there was no answer; a bug of
 * ours is tried again too, because giving up would lose work.
 */
export function verdictOf(error: unknown): Verdict {
  const answer = error as Partial<{
    name: string;
    status: number;
    code: string;
    detail: string;
    errors: readonly { path: string; code: string; message: string }[];
    retryAfterMs: number;
  }>;
  if (answer.name === 'OfflineError') return { kind: 'offline' };
  const { status } = answer;
  if (status === undefined) return { kind: 'retry', retryAfterMs: undefined };
  if (status === 401) return { kind: 'login' };
  if (status >= 500 || PASSING.includes(status) || answer.code === 'IDEMPOTENCY_KEY_IN_USE')
    return { kind: 'retry', retryAfterMs: answer.retryAfterMs };
  const { code = `HTTP_${status}`, detail = '', errors = [] } = answer;
  return { kind: 'conflict', status, code, detail, errors };
}
