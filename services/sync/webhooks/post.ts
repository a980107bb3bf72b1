import { cut } from '../../../shared/kernel/cut.ts';
import http from 'node:http';
import https from 'node:https';
import { AppError } from '../../../shared/kernel/errors.ts';
import { resolveTarget, type Resolve, type ResolvedAddress } from './resolve-target.ts';
import { checkedTarget, hostOf, type TargetRules } from './target.ts';

export interface PostOptions {
  resolve: Resolve;
  rules: TargetRules;
  /** For everything together: name, connection, answer. */
  deadlineMs: number;
}

export interface PostOutcome {
  /** `null` when no answer came. */
  status: number | null;
  /** `null` when the receiver took the message. */
  error: string | null;
}

const MOST_ANSWER_BYTES = 64 * 1024;

/**
 * Posts JSON to a foreign server and says how it went; never throws. The address is checked and pinned for this one
 * call, redirects are answers like any other, and an answer that is long or slow is cut off: its status counts.
 */
export async function post(
  target: string,
  headers: Record<string, string>,
  body: string,
  { resolve, rules, deadlineMs }: PostOptions,
): Promise<PostOutcome> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const late = Promise.withResolvers<never>();
  late.promise.catch(() => undefined);
  deadline.addEventListener('abort', () => late.reject(new Error('no answer in time')));
  try {
    const url = checkedTarget(target, rules);
    const address = await Promise.race([resolveTarget(url, resolve, rules), late.promise]);
    const status = await send(url, address, headers, body, deadline);
    if (status >= 200 && status < 300) return { status, error: null };
    return { status, error: status >= 300 && status < 400 ? 'redirects are not followed' : `answered ${status}` };
  } catch (error) {
    return { status: null, error: deadline.aborted ? 'no answer in time' : reason(error) };
  }
}

function send(
  url: URL,
  { address, family }: ResolvedAddress,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<number> {
  const bytes = Buffer.from(body);
  return new Promise((done, failed) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method: 'POST',
      // a connection of its own: a kept one could lead to an address that is not allowed any more
      agent: false,
      signal,
      lookup: (_host, options, found) =>
        options.all ? found(null, [{ address, family }]) : found(null, address, family),
      ...(url.protocol === 'https:' ? { servername: serverName(url) } : {}),
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': bytes.length,
        'user-agent': 'Kontor-Webhook/1',
      },
      maxHeaderSize: 16 * 1024,
    });
    let status: number | undefined;
    request.on('error', (error) => (status === undefined ? failed(error) : done(status)));
    request.once('response', (answer) => {
      status = answer.statusCode ?? 0;
      let read = 0;
      const end = () => {
        done(status!);
        request.destroy();
      };
      answer.on('error', end).once('end', end).once('close', end);
      answer.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read > MOST_ANSWER_BYTES) end();
      });
    });
    request.end(bytes);
  });
}

/** The name for TLS; none for a bare address. */
const serverName = (url: URL): string => (/^[\d.]+$|:/.test(hostOf(url)) ? '' : hostOf(url));

function reason(error: unknown): string {
  if (error instanceof AppError) return error.message;
  const { code, message } = error as { code?: unknown; message?: unknown };
  return cut(String(code ?? message ?? error), 200);
}
