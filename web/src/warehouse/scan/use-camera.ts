import { useCallback, useEffect, useRef, useState } from 'react';
import { bringsPictures, freshFrame, jpegOf } from './fresh-frame.ts';

export interface Camera {
  /** For the `ref` of the video that shows it. */
  video: (element: HTMLVideoElement | null) => void;
  element: () => HTMLVideoElement | null;
  /** `on` while there is a picture; `paused` while the system or another app keeps it back. */
  status: 'starting' | 'on' | 'paused' | 'denied' | 'missing';
  /** `undefined` where the camera has no lamp. */
  torch: { on: boolean; toggle: () => void } | undefined;
}

/** The camera at the back, for as long as the component is shown; one that the system took away is opened again. */
export function useCamera(wanted: { width: number; height: number }): Camera {
  const element = useRef<HTMLVideoElement | null>(null);
  const [stream, setStream] = useState<MediaStream>();
  const [status, setStatus] = useState<Camera['status']>('starting');
  const [torch, setTorch] = useState<boolean>();
  const [round, setRound] = useState(0);
  const { width, height } = wanted;

  useEffect(() => {
    let gone = false;
    let opened: MediaStream | undefined;
    let unwatch = () => {};
    const again = () => setRound((count) => count + 1);
    const show = (next: 'on' | 'paused') => {
      setStatus(next);
      // some browsers pause the video with its track
      if (next === 'on') void element.current?.play().catch(() => undefined);
    };
    const open = async () => {
      if (!navigator.mediaDevices) return setStatus('missing');
      try {
        opened = await navigator.mediaDevices.getUserMedia({
          audio: false,
          video: { facingMode: 'environment', width: { ideal: width }, height: { ideal: height } },
        });
        if (gone) return stopAll(opened);
        unwatch = watch(opened, { onStatus: show, onLost: again });
        setStream(opened);
        setTorch(hasTorch(opened) ? false : undefined);
      } catch (error) {
        if (!gone) setStatus((error as DOMException).name === 'NotAllowedError' ? 'denied' : 'missing');
      }
    };
    void open();
    return () => {
      gone = true;
      unwatch();
      if (opened) stopAll(opened);
    };
  }, [width, height, round]);

  const video = useCallback(
    (next: HTMLVideoElement | null) => {
      element.current = next;
      if (next && stream && next.srcObject !== stream) {
        next.srcObject = stream;
        next.onloadeddata = () => setStatus(bringsPictures(stream.getVideoTracks()[0]) ? 'on' : 'paused');
        void next.play().catch(() => undefined);
      }
    },
    [stream],
  );
  const toggle = () => {
    const [track] = stream?.getVideoTracks() ?? [];
    const on = !torch;
    void track?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] }).then(() => setTorch(on));
  };
  return {
    video,
    element: () => element.current,
    status,
    torch: torch === undefined ? undefined : { on: torch, toggle },
  };
}

/**
 * What the camera shows now, as JPEG.
 * @throws NoPhoto when the picture stands still, or the browser makes no file of it
 */
export async function grabPhoto(video: HTMLVideoElement): Promise<Blob> {
  await freshFrame({
    video,
    track: () => (video.srcObject as MediaStream | null)?.getVideoTracks()[0],
    seen: () => document.visibilityState === 'visible',
  });
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')!.drawImage(video, 0, 0);
  return jpegOf(canvas);
}

interface Watcher {
  onStatus: (status: 'on' | 'paused') => void;
  /** The track is over, and the page is seen: time to open the camera anew. */
  onLost: () => void;
}

/** Follows what the system does to a stream. @returns ends it */
function watch(stream: MediaStream, { onStatus, onLost }: Watcher): () => void {
  const track = stream.getVideoTracks()[0]!;
  const hear = () => {
    if (track.readyState !== 'ended') return onStatus(bringsPictures(track) ? 'on' : 'paused');
    onStatus('paused');
    if (document.visibilityState === 'visible') onLost();
  };
  const events = ['mute', 'unmute', 'ended'] as const;
  for (const name of events) track.addEventListener(name, hear);
  document.addEventListener('visibilitychange', hear);
  return () => {
    for (const name of events) track.removeEventListener(name, hear);
    document.removeEventListener('visibilitychange', hear);
  };
}

const stopAll = (stream: MediaStream): void => stream.getTracks().forEach((track) => track.stop());

function hasTorch(stream: MediaStream): boolean {
  const [track] = stream.getVideoTracks();
  return Boolean((track?.getCapabilities?.() as { torch?: boolean } | undefined)?.torch);
}
