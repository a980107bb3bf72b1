import { until } from './product.ts';

/** A reader of `GET /api/v1/live`, as the web app is one. */
export interface LiveReader {
  status: number;
  headers: Headers;
  /** Every event so far, in order; `message` for those without a name. */
  events: { event: string; data: unknown }[];
  /** The raw text so far. */
  text: () => string;
  notices: () => Record<string, unknown>[];
  ended: () => boolean;
  /** Waits for a notice with these fields. */
  told: (fields: Record<string, unknown>, withinMs?: number) => Promise<Record<string, unknown>>;
  untilEnded: (withinMs?: number) => Promise<unknown>;
  close: () => void;
}

/** Connects and waits for the first event; an answer that is no stream has none. */
export async function listen(url: string, token: string | undefined): Promise<LiveReader> {
  const abort = new AbortController();
  const response = await fetch(`${url}/api/v1/live`, {
    signal: abort.signal,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  let text = '';
  let ended = false;
  const reader: LiveReader = {
    status: response.status,
    headers: response.headers,
    events: [],
    text: () => text,
    notices: () => reader.events.filter(({ event }) => event === 'message').map(({ data }) => data as never),
    ended: () => ended,
    told: (fields, withinMs = 20_000) =>
      until(
        `a notice with ${JSON.stringify(fields)}`,
        () => reader.notices().find((notice) => Object.entries(fields).every(([key, value]) => notice[key] === value)),
        withinMs,
      ),
    untilEnded: (withinMs = 5_000) => until('the end of the stream', () => ended, withinMs),
    close: () => abort.abort(),
  };
  const read = async () => {
    let rest = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop()!;
      reader.events.push(...blocks.flatMap(eventOf));
    }
  };
  void read()
    .catch(() => undefined)
    .finally(() => (ended = true));
  if (response.status === 200) await until('the stream to open', () => reader.events.length > 0);
  return reader;
}

function eventOf(block: string): { event: string; data: unknown }[] {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
  const data = field('data');
  return data === undefined ? [] : [{ event: field('event') ?? 'message', data: JSON.parse(data) as unknown }];
}
