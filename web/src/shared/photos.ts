import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { fetchFile } from '../app/api/client.ts';

export interface Photo {
  id: string;
  /** A picture that is still on this device. */
  blob?: Blob;
  /** Signed addresses, when the API gave some. */
  urls?: Partial<Record<PhotoSize, string>>;
  caption?: string;
}
export type PhotoSize = 'thumb' | 'web' | 'full';

/** Where the browser finds a photo: its signed address, or an object URL of what was fetched with the token. */
export function usePhotoUrl(photo: Photo, size: PhotoSize): { url: string | undefined; failed: boolean } {
  const signed = photo.urls?.[size];
  const fetched = useQuery({
    queryKey: ['GET /photos/{id}/{size}', { id: photo.id, size }],
    queryFn: async ({ signal }) =>
      (await fetchFile('GET /photos/{id}/{size}', { id: photo.id, size }, { signal })).blob,
    enabled: !signed && !photo.blob,
    // what lies under an id never changes
    staleTime: Infinity,
  });
  const local = useObjectUrl(signed ? undefined : (photo.blob ?? fetched.data));
  return { url: signed ?? local, failed: fetched.isError };
}

/** An address of a blob for as long as it is shown. */
export function useObjectUrl(blob: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
      setUrl(undefined);
    };
  }, [blob]);
  return url;
}
