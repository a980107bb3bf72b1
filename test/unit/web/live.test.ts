import { expect, test } from '@jest/globals';
import { changesIn } from '../../../web/src/app/live/event-stream.ts';

const stream = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });

test('K24 the app reads the changes that the gateway writes, in whatever pieces they arrive', async () => {
  const notice = (id: string | null) => `data: {"topic":"rtv-batches","id":${JSON.stringify(id)},"merchantId":"m"}\n\n`;
  const chunks = ['retry: 2000\nevent: ready\ndata: {}\n\n', ': alive\n\n', notice('b-1').slice(0, 20)];
  chunks.push(notice('b-1').slice(20) + notice(null), 'event: end\ndata: {"reason":"stopping"}\n\n');
  const heard: unknown[] = [];
  for await (const change of changesIn(stream(...chunks), () => undefined)) heard.push(change);
  expect(heard).toEqual([
    { topic: 'rtv-batches', id: 'b-1', merchantId: 'm' },
    { topic: 'rtv-batches', id: null, merchantId: 'm' },
  ]);
});
