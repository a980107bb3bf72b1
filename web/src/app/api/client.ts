import { loadTexts } from '../i18n/texts.ts';
import { accessToken } from '../session/session.ts';
import type { FileRoute, Input, InputArgument, Output, Route, UploadRoute } from './contract.ts';
import { OfflineError, problemOf, type ApiError } from './errors.ts';
import { noteAnswer } from './reachability.ts';
import { sendForm } from './send-form.ts';

const BASE = '/api/v1';

export interface RequestOptions {
  /** The same key with the same content has one effect, however often it is sent. */
  idempotencyKey?: string;
  /** Version the change is based on; a newer one on the server is 412 `VERSION_STALE`. */
  ifMatch?: number;
  signal?: AbortSignal;
}

/**
 * Calls a route of the API, renewing the log-in where needed.
 * @param input  parameters of path and query, and the fields of the body, in one object
 * @throws ApiError what the server says; OfflineError when it says nothing
 */
export function api<R extends Route>(route: R, ...[input, options]: [...InputArgument<R>, options?: RequestOptions]) {
  return callApi<R>(route, (input ?? {}) as Input<R>, options);
}

/** As {@link api}, where the input is always given. */
export async function callApi<R extends Route>(
  route: R,
  input: Input<R>,
  options: RequestOptions = {},
): Promise<Output<R>> {
  const { method, url, rest } = placed(route, input as Fields);
  const answer = await authorized((authorization) => sendJson(method, url, rest, options, { authorization }));
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as Output<R>;
}

/**
 * Calls a route that needs no log-in, such as one that a link in a mail opens.
 * @throws ApiError, OfflineError
 */
export async function publicApi<R extends Route>(
  route: R,
  input: Input<R>,
  options: RequestOptions = {},
): Promise<Output<R>> {
  const { method, url, rest } = placed(route, input as Fields);
  const answer = await heard(sendJson(method, url, rest, options));
  if (!answer.ok) throw await refusal(answer);
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as Output<R>;
}

/** A file of the API, such as a PDF, with the name the server gives it. */
export async function fetchFile<R extends FileRoute>(
  route: R,
  input: Input<R>,
  options: Pick<RequestOptions, 'signal'> = {},
): Promise<{ blob: Blob; filename: string | undefined }> {
  const { url, rest } = placed(route, input as Fields);
  const answer = await authorized((authorization) =>
    fetch(withQuery(url, rest), { headers: { authorization }, ...options }),
  );
  return { blob: await answer.blob(), filename: filenameOf(answer.headers.get('content-disposition')) };
}

/** Fetches a file and lets the browser save it. */
export async function downloadFile<R extends FileRoute>(route: R, input: Input<R>): Promise<void> {
  const { blob, filename } = await fetchFile(route, input);
  saveBlob(blob, filename ?? 'kontor');
}

/** Lets the browser save something. */
export function saveBlob(blob: Blob, filename: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export interface UploadOptions extends RequestOptions {
  file: Blob;
  filename?: string;
  /** From 0 to 1. */
  onProgress?: (share: number) => void;
}

/**
 * Sends a file with its fields. The file comes last, as the API wants it.
 * @throws ApiError, OfflineError
 */
export async function upload<R extends UploadRoute>(
  route: R,
  input: Input<R>,
  options: UploadOptions,
): Promise<Output<R>> {
  const { url, rest, method } = placed(route, input as Fields);
  const form = new FormData();
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) form.append(name, String(value));
  form.append('file', options.file, options.filename ?? 'file');
  const first = await accessToken();
  const send = (token: string) =>
    sendForm(method, url, form, { authorization: `Bearer ${token}`, ...conditions(options) }, options);
  const answer = await send(first);
  const last = answer.status === 401 ? await send(await accessToken(first)) : answer;
  if (last.status >= 400) {
    await wordsOfCodes();
    throw problemOf(last.status, last.text, last.contentType, last.retryAfter);
  }
  return JSON.parse(last.text) as Output<R>;
}

type Fields = Record<string, unknown>;

/** Puts the parameters of the path into it; the rest is the query or the body. */
function placed(route: Route, input: Fields): { method: string; url: string; rest: Fields } {
  const [method, path] = route.split(' ') as [string, string];
  const rest = { ...input };
  const url = path.replaceAll(/\{([A-Za-z]+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  return { method, url: BASE + url, rest };
}

function sendJson(
  method: string,
  url: string,
  fields: Fields,
  options: RequestOptions,
  headers: Record<string, string> = {},
): Promise<Response> {
  const signal = options.signal ? { signal: options.signal } : {};
  if (method === 'GET') return fetch(withQuery(url, fields), { headers, ...signal });
  return fetch(url, {
    method,
    headers: { ...headers, ...conditions(options), 'content-type': 'application/json' },
    body: JSON.stringify(fields),
    ...signal,
  });
}

function withQuery(url: string, fields: Fields): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return given.length ? `${url}?${query}` : url;
}

function conditions({ idempotencyKey, ifMatch }: RequestOptions): Record<string, string> {
  return {
    ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
    ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
  };
}

/** A token that the server takes no longer is renewed once; a second refusal is an answer. */
export async function authorized(send: (authorization: string) => Promise<Response>): Promise<Response> {
  const ask = (text: string) => heard(send(`Bearer ${text}`));
  const first = await accessToken();
  const answer = await ask(first);
  const last = answer.status === 401 ? await ask(await accessToken(first)) : answer;
  if (last.ok) return last;
  throw await refusal(last);
}

async function refusal(answer: Response): Promise<ApiError> {
  const [text] = await Promise.all([answer.text(), wordsOfCodes()]);
  return problemOf(answer.status, text, answer.headers.get('content-type'), answer.headers.get('retry-after'));
}

/** Nobody needs the words for refusals before the first one; without them it is told by its status. */
const wordsOfCodes = (): Promise<void> => loadTexts('codes').catch(() => undefined);

/** @throws OfflineError when nobody answers; what was called off stays that */
async function heard(request: Promise<Response>): Promise<Response> {
  try {
    const answer = await request;
    noteAnswer(true);
    return answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    noteAnswer(false);
    throw new OfflineError(error);
  }
}

function filenameOf(disposition: string | null): string | undefined {
  const extended = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1];
  return extended ? decodeURIComponent(extended) : /filename="([^"]*)"/.exec(disposition ?? '')?.[1];
}
