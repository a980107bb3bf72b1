/** Something changed on the server. `topic` is the first part of the path of what changed. */
export interface Change {
  topic: string;
  /** Missing when it was many, or none in particular. */
  id?: string | null;
  /** Missing when there is too much to tell one by one. */
  merchantId?: string | null;
  version?: number;
}

/**
 * The changes of a stream of server-sent events; comments and other events are passed over.
 * @param heard  called for whatever arrives, heartbeats among it
 */
export async function* changesIn(body: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<Change> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    heard();
    const blocks = (rest + value).replaceAll('\r\n', '\n').split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      const change = changeOf(block);
      if (change) yield change;
    }
  }
}

function changeOf(block: string): Change | undefined {
  const lines = block.split('\n').map((line) => /^(\w+): ?(.*)$/.exec(line));
  const field = (name: string) => lines.flatMap((line) => (line?.[1] === name ? [line[2]!] : [])).join('\n');
  // a change is the unnamed event; `ready` and `end` are about the stream itself
  if (field('event') || !field('data')) return undefined;
  try {
    return JSON.parse(field('data')) as Change;
  } catch {
    return undefined;
  }
}
