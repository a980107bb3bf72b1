import { ApiError, OfflineError } from '../app/api/errors.ts';

/** The text of a key of `common`, or of `codes` with its name in front, in the language in use, or nothing where there is none. */
export type Say = (key: string, values?: Record<string, string>) => string | undefined;

/**
 * What to tell a person about a failure, always in the language of the app: the English `detail` of the API is for
 * those who read its answers. An unknown code is told with what the house can look it up by.
 */
export function errorSentence(error: unknown, say: Say): string {
  const key = generalKey(error);
  if (!(error instanceof ApiError)) return say(key)!;
  // what many are asked of at once is refused naming the one that it fails on
  const known = say(`codes:${error.code}`, { path: error.errors[0]?.path ?? '' });
  if (known) return known;
  if (error.status !== 422) return say(key, { reference: referenceOf(error.code, error, say) })!;
  const field = error.errors.map(({ code }) => say(`fieldError.${code}`) ?? say(`codes:${code}`)).find(Boolean);
  if (field) return say('error.invalid', { detail: field })!;
  const [first] = error.errors;
  const code = first ? `${first.code} (${first.path})` : error.code;
  return say('error.invalidUnknown', { reference: referenceOf(code, error, say) })!;
}

/** Of the meaning that an HTTP status has for everybody. */
const BY_STATUS: Readonly<Record<number, string>> = {
  401: 'login.ended',
  403: 'error.forbidden',
  404: 'error.notFound',
  412: 'error.stale',
  429: 'error.tooMany',
  503: 'error.unavailable',
};

function generalKey(error: unknown): string {
  if (error instanceof OfflineError) return 'error.offline';
  if (!(error instanceof ApiError)) return 'error.server';
  return BY_STATUS[error.status] ?? (error.status >= 500 ? 'error.server' : 'error.unknown');
}

function referenceOf(code: string, { requestId }: ApiError, say: Say): string {
  return requestId ? `${code}, ${say('error.requestId', { id: requestId })}` : code;
}
