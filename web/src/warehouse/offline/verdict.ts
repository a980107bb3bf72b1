/** What a failed request means for the step that was sent. */
export type Verdict =
  | { kind: 'offline' }
  | { kind: 'login' }
  | { kind: 'retry'; retryAfterMs: number | undefined; reason: Reason; suspect: boolean }
  | {
      kind: 'conflict';
      status: number;
      code: string;
      detail: string;
      errors: readonly { path: string; code: string; message: string }[];
    };

/** Why a step was not taken, to be shown and to be found in the server's log. */
export interface Reason {
  /** Missing when it failed on this device. */
  status: number | undefined;
  code: string;
  detail: string;
  requestId: string | undefined;
}

/** Answers that say nothing about the step itself, beside all 5xx. */
const PASSING = [408, 425, 429];

/**
 * Whether a step is sent again, waits for a log-in, or needs a person. Without a status there was no answer; a bug of
 * ours is tried again too, because giving up would lose work. What a proxy or the page of a guest network answers says
 * nothing about the step either: only the API's own problems do, and those have a code.
 * `suspect`: it may be the step itself that makes the server fail.
 */
export function verdictOf(error: unknown): Verdict {
  const answer = error as Partial<{
    name: string;
    message: string;
    status: number;
    code: string;
    detail: string;
    errors: readonly { path: string; code: string; message: string }[];
    requestId: string;
    retryAfterMs: number;
  }>;
  if (answer.name === 'OfflineError') return { kind: 'offline' };
  const { status, detail = answer.message ?? '', errors = [], requestId, retryAfterMs } = answer;
  const isOurs = answer.code !== undefined && !answer.code.startsWith('HTTP_');
  const retry = (suspect: boolean): Verdict => {
    const code = answer.code ?? (status === undefined ? (answer.name ?? 'Error') : `HTTP_${status}`);
    return { kind: 'retry', retryAfterMs, reason: { status, code, detail, requestId }, suspect };
  };
  if (status === undefined || status >= 500) return retry(true);
  if (!isOurs || PASSING.includes(status) || answer.code === 'IDEMPOTENCY_KEY_IN_USE') return retry(false);
  if (status === 401) return { kind: 'login' };
  return { kind: 'conflict', status, code: answer.code!, detail, errors };
}
