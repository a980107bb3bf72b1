import { useCallback, useEffect, useRef, useState } from 'react';

export interface Camera {
  /** For the `ref` of the video that shows it. */
  video: (element: HTMLVideoElement | null) => void;
  element: () => HTMLVideoElement | null;
  /** `on` as soon as there is a picture. */
  status: 'starting' | 'on' | 'denied' | 'missing';
  /** `undefined` where the camera has no lamp. */
  torch: { on: boolean; toggle: () => void } | undefined;
}

/** The camera at the back, for as long as the component is shown. */
export function useCamera(wanted: { width: number; height: number }): Camera {
  const element = useRef<HTMLVideoElement | null>(null);
  const [stream, setStream] = useState<MediaStream>();
  const [status, setStatus] = useState<Camera['status']>('starting');
  const [torch, setTorch] = useState<boolean>();
  const { width, height } = wanted;

  useEffect(() => {
    let gone = false;
    let opened: MediaStream | undefined;
    const open = async () => {
      if (!navigator.mediaDevices) return setStatus('missing');
      try {
        opened = await navigator.mediaDevices.getUserMedia({
          audio: false,
          video: { facingMode: 'environment', width: { ideal: width }, height: { ideal: height } },
        });
        if (gone) return stopAll(opened);
        setStream(opened);
        if (hasTorch(opened)) setTorch(false);
      } catch (error) {
        if (!gone) setStatus((error as DOMException).name === 'NotAllowedError' ? 'denied' : 'missing');
      }
    };
    void open();
    return () => {
      gone = true;
      if (opened) stopAll(opened);
    };
  }, [width, height]);

  const video = useCallback(
    (next: HTMLVideoElement | null) => {
      element.current = next;
      if (next && stream && next.srcObject !== stream) {
        next.srcObject = stream;
        next.onloadeddata = () => setStatus('on');
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

const stopAll = (stream: MediaStream): void => stream.getTracks().forEach((track) => track.stop());

function hasTorch(stream: MediaStream): boolean {
  const [track] = stream.getVideoTracks();
  return Boolean((track?.getCapabilities?.() as { torch?: boolean } | undefined)?.torch);
}

const QUALITY = 0.92;

/** What the camera shows now, as JPEG. */
export async function grabPhoto(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')!.drawImage(video, 0, 0);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('No picture'))), 'image/jpeg', QUALITY),
  );
}
