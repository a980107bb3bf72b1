import { STATUS_CODES } from 'node:http';
import { hasType, type FieldError } from '../../../shared/kernel/errors.ts';
import { isUnreachable } from '../../../shared/moleculer/call.ts';
import type { Logger } from '../../../shared/runtime/log.ts';
import type { Exchange } from './exchange.ts';
import { sendText } from './send.ts';

/** An error as a client sees it: RFC 9457 with the fields of api.md. */
export interface Problem {
  status: number;
  code: string;
  detail: string;
  errors?: FieldError[];
  retryAfterS?: number;
}

/** A service that does not answer is usually back within seconds. */
const RETRY_AFTER_S = 5;

/**
 * What to tell the client. Errors of other nodes have lost their class, so an expected failure is known by its name,
 * its upper-case type and its status; everything else is a bug, and its text stays in the log.
 */
export function problemOf(error: unknown): Problem {
  if (isUnreachable(error))
    return {
      status: 503,
      code: 'SERVICE_UNAVAILABLE',
      detail: 'A part of the system does not answer at the moment; try again shortly',
      retryAfterS: RETRY_AFTER_S,
    };
  const expected = asExpected(error);
  if (!expected || hasType(error, 'PRINCIPAL_INVALID'))
    return { status: 500, code: 'INTERNAL_ERROR', detail: 'Something went wrong on our side' };
  const { code, type, message, data } = expected;
  const errors = Array.isArray(data?.['errors']) ? (data['errors'] as FieldError[]) : undefined;
  const seconds = Number(data?.['retryAfterS']);
  return {
    status: code >= 500 ? 503 : code,
    code: type,
    detail: message,
    ...(errors ? { errors } : {}),
    ...(code >= 500 || code === 429 ? { retryAfterS: seconds > 0 ? Math.ceil(seconds) : RETRY_AFTER_S } : {}),
  };
}

/** Answers with a problem. After the head of an answer has gone out the connection is cut, so that nothing looks complete. */
export function sendProblem({ request, response, requestId }: Exchange, error: unknown, log: Logger): void {
  const problem = problemOf(error);
  if (problem.status === 500) log.error({ err: error, requestId }, 'request failed');
  else if (problem.status === 503) log.warn({ err: error, requestId }, 'request not possible now');
  if (response.headersSent) {
    request.socket.destroy();
    return;
  }
  const { status, retryAfterS, code, detail, errors } = problem;
  for (const name of ['Content-Length', 'Content-Disposition', 'ETag']) response.removeHeader(name);
  if (retryAfterS) response.setHeader('Retry-After', String(retryAfterS));
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="kontor"');
  response.setHeader('Cache-Control', 'no-store');
  const body = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, code, detail, errors, requestId };
  sendText({ response }, status, 'application/problem+json; charset=utf-8', JSON.stringify(body));
}

interface Expected {
  code: number;
  type: string;
  message: string;
  data?: Record<string, unknown>;
}

const EXPECTED_STATUS = new Set([400, 401, 403, 404, 405, 408, 409, 410, 412, 413, 415, 422, 429, 503, 507]);

function asExpected(error: unknown): Expected | undefined {
  const { name, code, type, message } = (error ?? {}) as Record<string, unknown>;
  const fits =
    name === 'AppError' &&
    typeof code === 'number' &&
    EXPECTED_STATUS.has(code) &&
    typeof type === 'string' &&
    /^[A-Z][A-Z0-9_]*$/.test(type) &&
    typeof message === 'string';
  return fits ? (error as Expected) : undefined;
}
