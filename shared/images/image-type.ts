import { AppError, InvalidInput } from '../kernel/errors.ts';

export type ImageType = 'jpeg' | 'png' | 'webp';

/**
 * What a file really is, by its first bytes; its name and declared type are the sender's claim and count for nothing.
 * @throws InvalidInput  422 `FILE_EMPTY`
 * @throws AppError      415 `IMAGE_TYPE_NOT_SUPPORTED` for everything but JPEG, PNG and WebP
 */
export function imageTypeOf(bytes: Uint8Array): ImageType {
  if (bytes.length === 0) {
    throw new InvalidInput([{ path: 'file', code: 'FILE_EMPTY', message: 'The file is empty' }], 'FILE_EMPTY');
  }
  const head = Buffer.from(bytes.subarray(0, 256)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (/^RIFF[^]{4}WEBP/.test(head)) return 'webp';
  const known = OTHERS.find(([, pattern]) => pattern.test(head))?.[0];
  const what = known ? `This is a ${known} file` : 'This file is not a photo we can read';
  throw new AppError(415, 'IMAGE_TYPE_NOT_SUPPORTED', `${what}; photos may be JPEG, PNG or WebP`, {
    allowed: ['image/jpeg', 'image/png', 'image/webp'],
    ...(known ? { found: known } : {}),
  });
}

/** Only to tell people what they sent. HEIC is what phones make unless they are set to "most compatible". */
const OTHERS: readonly (readonly [string, RegExp])[] = [
  ['AVIF', /^[^]{4}ftypavi[fs]/],
  ['HEIC', /^[^]{4}ftyp(?:hei|hev|mif1|msf1)/],
  ['GIF', /^GIF8[79]a/],
  ['TIFF', /^(?:II\*\0|MM\0\*)/],
  ['BMP', /^BM/],
  ['PDF', /^%PDF-/],
  ['PostScript', /^%!PS/],
  ['ZIP', /^PK(?![\w\s])/],
  ['SVG', /<svg[\s>]/i],
  ['HTML', /^\s*<(?:!doctype html|html|head|body|script)[\s>]/i],
];
