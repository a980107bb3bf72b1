import { expect, test } from '@jest/globals';
import { freshFrame, jpegOf, NoPhoto, type Picture } from '../../../web/src/warehouse/scan/fresh-frame.ts';

interface Situation {
  track?: object;
  video?: object;
  seen?: boolean;
  /** After how many milliseconds the camera brings its next frame; never without it. */
  frameAfterMs?: number;
}

const picture = ({ track, video, seen = true, frameAfterMs }: Situation): Picture => ({
  video: {
    ...{ paused: false, ended: false, readyState: 4, videoWidth: 1280 },
    requestVideoFrameCallback: (hear) => (frameAfterMs === undefined ? 1 : (setTimeout(hear, frameAfterMs), 1)),
    ...video,
  },
  track: () => ({ readyState: 'live', muted: false, enabled: true, ...track }),
  seen: () => seen,
});

test('a camera that brings pictures gives a photo', async () => {
  await expect(freshFrame(picture({ frameAfterMs: 5 }))).resolves.toBeUndefined();
});

test.each<[string, Situation]>([
  ['ended', { track: { readyState: 'ended' } }],
  ['was muted by the system', { track: { muted: true } }],
  ['is paused', { video: { paused: true } }],
  ['has no picture yet', { video: { readyState: 1 } }],
  ['belongs to a page nobody sees', { seen: false }],
])('the last frame of a camera that %s never becomes a photo', async (_, situation) => {
  const photo = freshFrame(picture({ ...situation, frameAfterMs: 5 }));
  await expect(photo).rejects.toMatchObject({ name: 'NoPhoto', reason: 'FROZEN' });
});

test('a stream that says it is live but brings no new frame gives no photo', async () => {
  await expect(freshFrame(picture({}), 30)).rejects.toThrow(NoPhoto);
});

test('a camera that is taken away while its next frame is awaited gives no photo', async () => {
  const track = { readyState: 'live', muted: false, enabled: true };
  const photo = freshFrame({ ...picture({ frameAfterMs: 10 }), track: () => track });
  track.muted = true;
  await expect(photo).rejects.toMatchObject({ reason: 'FROZEN' });
});

test('a picture the browser makes no file of is told, not lost', async () => {
  const canvasOf = (file: Blob | null) => ({ toBlob: (take: (blob: Blob | null) => void) => take(file) });
  for (const file of [null, new Blob([])]) {
    await expect(jpegOf(canvasOf(file))).rejects.toMatchObject({ reason: 'EMPTY' });
  }
  expect((await jpegOf(canvasOf(new Blob(['jpeg'])))).size).toBe(4);
});
