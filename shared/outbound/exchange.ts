import { cut } from '../kernel/cut.ts';
import http from 'node:http';
import https from 'node:https';
import { AppError } from '../kernel/errors.ts';
import { resolveTarget, type Resolve, type ResolvedAddress } from './resolve-target.ts';
import { checkedTarget, hostOf, type TargetRules } from './target.ts';

export interface ExchangeOptions {
  resolve: Resolve;
  rules: TargetRules;
  /** For everything together: name, connection, answer. */
  deadlineMs: number;
  /** An answer is read up to here and then cut off. */
  mostBytes: number;
}

export interface Exchange {
  /** `null` when no answer came. */
  status: number | null;
  /** What was read of the answer. */
  answer: Buffer;
  /** The answer is there as a whole, neither too long nor broken off. */
  isWhole: boolean;
  /** Why no answer came. */
  error: string | null;
}

const NOTHING = Buffer.alloc(0);

/**
 * Posts JSON to a foreign server and brings back what it answered; never throws. The address is checked and pinned for
 * this one call, redirects are not followed, and an answer that is long or slow is cut off. Never from inside a
 * transaction.
 */
export async function exchange(
  target: string,
  headers: Record<string, string>,
  body: string,
  { resolve, rules, deadlineMs, mostBytes }: ExchangeOptions,
): Promise<Exchange> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const late = Promise.withResolvers<never>();
  late.promise.catch(() => undefined);
  deadline.addEventListener('abort', () => late.reject(new Error('no answer in time')));
  try {
    const url = checkedTarget(target, rules);
    const address = await Promise.race([resolveTarget(url, resolve, rules), late.promise]);
    return { ...(await send(url, address, headers, body, { signal: deadline, mostBytes })), error: null };
  } catch (error) {
    return {
      ...{ status: null, answer: NOTHING, isWhole: false },
      error: deadline.aborted ? 'no answer in time' : reason(error),
    };
  }
}

function send(
  url: URL,
  { address, family }: ResolvedAddress,
  headers: Record<string, string>,
  body: string,
  { signal, mostBytes }: { signal: AbortSignal; mostBytes: number },
): Promise<Omit<Exchange, 'error'>> {
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
      headers: { ...headers, 'content-type': 'application/json', 'content-length': bytes.length },
      maxHeaderSize: 16 * 1024,
    });
    let status: number | undefined;
    let read = 0;
    const chunks: Buffer[] = [];
    const end = (isWhole: boolean) => {
      done({ status: status!, answer: Buffer.concat(chunks).subarray(0, mostBytes), isWhole });
      request.destroy();
    };
    request.on('error', (error) => (status === undefined ? failed(error) : end(false)));
    request.once('response', (answer) => {
      status = answer.statusCode ?? 0;
      answer
        .on('error', () => end(false))
        .once('end', () => end(true))
        .once('close', () => end(false));
      answer.on('data', (chunk: Buffer) => {
        read += chunk.length;
        chunks.push(chunk);
        if (read > mostBytes) end(false);
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
