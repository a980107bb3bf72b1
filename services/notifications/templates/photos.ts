import type { z } from 'zod';
import type { photoRef } from '../../../shared/protocol/returns/events.ts';
import type { Picture } from './content.ts';
import { fill } from './fill.ts';
import type { MailLinks } from './links.ts';
import type { Attachment } from './template.ts';

export type PhotoRef = z.output<typeof photoRef>;

/** Keys of files that are stored by their hash end in it, so the picture can be checked before it leaves. */
const CONTENT_KEY = /(?:^|\/)([0-9a-f]{2})\/(\1[0-9a-f]{62})\.jpg$/;

/** Name of a photo inside the mail. */
export const cidOf = ({ photoId }: PhotoRef): string => `${photoId}@photos`;

/** A photo as it is shown: small, and larger behind its link. */
export const pictureOf = (photo: PhotoRef, alt: string, links: Pick<MailLinks, 'photo'>): Picture => ({
  cid: cidOf(photo),
  alt,
  url: links.photo(photo.photoId),
});

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

/** What is said where pictures cannot be seen, or not all are there. */
export function countPhotos(count: number, shown: number, texts: { photos: string; morePhotos: string }): string {
  if (!count) return '';
  return fill(count > shown ? texts.morePhotos : texts.photos, { count: String(count), shown: String(shown) });
}
