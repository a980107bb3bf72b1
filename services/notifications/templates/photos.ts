import type { z } from 'zod';
import type { photoRef } from '../../../shared/protocol/returns/events.ts';
import type { Attachment } from './template.ts';

export type PhotoRef = z.output<typeof photoRef>;

/** Keys of files that are stored by their hash end in it, so the picture can be checked before it leaves. */
const CONTENT_KEY = /(?:^|\/)([0-9a-f]{2})\/(\1[0-9a-f]{62})\.jpg$/;

/** Name of a photo inside the mail. */
export const cidOf = ({ photoId }: PhotoRef): string => `${photoId}@photos`;

/**
 * A photo as it travels inside the mail: the small rendition.
 * @throws Error when the key is not one of a file stored by its hash
 */
export function inlinePhoto(photo: PhotoRef): Attachment {
  const sha256 = CONTENT_KEY.exec(photo.thumbKey)?.[2];
  if (!sha256) throw new Error(`The key of photo ${photo.photoId} does not hold its hash`);
  return {
    objectKey: photo.thumbKey,
    filename: `${photo.photoId}.jpg`,
    contentType: 'image/jpeg',
    sha256,
    bytes: null,
    cid: cidOf(photo),
  };
}
