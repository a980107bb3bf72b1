import { exchange, type ExchangeOptions } from '../../../shared/outbound/exchange.ts';

export type PostOptions = Omit<ExchangeOptions, 'mostBytes'>;

export interface PostOutcome {
  /** `null` when no answer came. */
  status: number | null;
  /** `null` when the receiver took the message. */
  error: string | null;
}

const MOST_ANSWER_BYTES = 64 * 1024;

/**
 * Posts JSON to a foreign server and says how it went; never throws. Redirects are answers like any other, and an
 * answer that is long or slow is cut off: its status counts.
 */
export async function post(
  target: string,
  headers: Record<string, string>,
  body: string,
  options: PostOptions,
): Promise<PostOutcome> {
  const given = { ...headers, 'user-agent': 'Kontor-Webhook/1' };
  const { status, error } = await exchange(target, given, body, { ...options, mostBytes: MOST_ANSWER_BYTES });
  if (status === null || (status >= 200 && status < 300)) return { status, error };
  return { status, error: status < 400 && status >= 300 ? 'redirects are not followed' : `answered ${status}` };
}
