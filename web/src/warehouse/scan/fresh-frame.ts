/** Why no photo was taken. `FROZEN`: what the video shows is not what is before the camera now. */
export type NoPhotoReason = 'FROZEN' | 'EMPTY';

export class NoPhoto extends Error {
  readonly reason: NoPhotoReason;
  constructor(reason: NoPhotoReason) {
    super(`No photo: ${reason}`);
    this.name = 'NoPhoto';
    this.reason = reason;
  }
}

/** What of a track of a camera tells whether it brings pictures. */
export interface Track {
  readyState: string;
  muted: boolean;
  enabled: boolean;
}

/** What of a `<video>` tells whether it shows what is before the camera. */
export interface Video {
  paused: boolean;
  ended: boolean;
  readyState: number;
  videoWidth: number;
  /** Missing in the oldest browsers. */
  requestVideoFrameCallback?: (hear: () => void) => number;
  cancelVideoFrameCallback?: (handle: number) => void;
}

export interface Picture {
  video: Video;
  track: () => Track | undefined;
  /** Whether the page is seen. */
  seen: () => boolean;
}

/** A track that ended, or that the system muted (a call, a locked screen, another app), leaves its last frame behind. */
export const bringsPictures = (track: Track | undefined): boolean =>
  track !== undefined && track.readyState === 'live' && track.enabled && !track.muted;

/** A camera that is in order has a new frame within a tenth of this. */
const NEXT_FRAME_MS = 1_500;

/**
 * Waits for a frame that the camera made after this was called, so that a photo never is an old picture.
 * @throws NoPhoto `FROZEN` when the stream is not live, the page is hidden, or no frame comes within 1.5 s
 */
export async function freshFrame(picture: Picture, withinMs = NEXT_FRAME_MS): Promise<void> {
  if (!isRunning(picture)) throw new NoPhoto('FROZEN');
  // where single frames are not told, the state of the track has to do
  if (picture.video.requestVideoFrameCallback && !(await frameWithin(picture.video, withinMs))) {
    throw new NoPhoto('FROZEN');
  }
  // a call may have come in while we waited
  if (!isRunning(picture)) throw new NoPhoto('FROZEN');
}

/** What of a `<canvas>` makes a file. */
export interface Canvas {
  toBlob: (take: (blob: Blob | null) => void, type: string, quality: number) => void;
}

const QUALITY = 0.92;

/** @throws NoPhoto `EMPTY` when the browser makes no file of the picture, as where memory is short */
export const jpegOf = (canvas: Canvas): Promise<Blob> =>
  new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob?.size ? resolve(blob) : reject(new NoPhoto('EMPTY'))), 'image/jpeg', QUALITY),
  );

function isRunning({ video, track, seen }: Picture): boolean {
  const playing = !video.paused && !video.ended && video.readyState >= 2 && video.videoWidth > 0;
  return playing && seen() && bringsPictures(track());
}

function frameWithin(video: Video, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const handle = video.requestVideoFrameCallback!(() => {
      clearTimeout(timer);
      resolve(true);
    });
    const timer = setTimeout(() => {
      video.cancelVideoFrameCallback?.(handle);
      resolve(false);
    }, ms);
  });
}
