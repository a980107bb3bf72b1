import { expect, test } from '@jest/globals';
import { createSender } from '../../../web/src/warehouse/offline/sender.ts';
import { takePhoto } from '../../../web/src/warehouse/offline/work.ts';
import { AT, fakeServer, MARIA, openTestOutbox, problem, returnOf } from '../../support/warehouse-outbox.ts';

test('A4 the photo of the label overtakes the finding that was refused without it, and then both are done', async () => {
  const outbox = await openTestOutbox();
  const server = fakeServer();
  server.fault = ({ step }) =>
    step.kind === 'inspect' && !server.done.includes('r photo label')
      ? { before: problem(409, 'LABEL_PHOTO_MISSING') }
      : {};
  const sender = createSender({
    ...{ outbox, wire: server, user: () => MARIA.id, random: () => 0.5, now: () => 0 },
    later: () => () => undefined,
  });
  const send = async () => {
    sender.wake();
    await sender.settled();
  };
  const shoot = (clientPhotoId: string, kind: 'item' | 'label') =>
    takePhoto(
      outbox,
      MARIA,
      { clientPhotoId, returnId: 'r', itemId: kind === 'item' ? 'i' : null, kind, held: false },
      new Blob(['x'], { type: 'image/jpeg' }),
      AT,
    );
  await outbox.keep({ putReturns: [returnOf('r')] });
  await outbox.record('r', MARIA, { kind: 'inspect', body: { itemId: 'i', quantity: 1, grade: 'A', note: 'Neu' } });
  await shoot('goods', 'item');
  await send();
  expect(server.done).toEqual([]);
  expect(outbox.snapshot().conflicts.get('r')).toMatchObject({ code: 'LABEL_PHOTO_MISSING' });

  await shoot('label', 'label');
  await send();
  expect(server.done).toEqual(['r photo label', 'r inspect', 'r photo goods']);
  expect(outbox.snapshot()).toMatchObject({ commands: [], conflicts: new Map() });
});
