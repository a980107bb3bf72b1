import { createHash } from 'node:crypto';
import sharp, { type FailOnOptions, type OutputInfo, type Sharp } from 'sharp';
import { AppError } from '../kernel/errors.ts';
import { imageTypeOf, type ImageType } from './image-type.ts';

/** One JPEG made from a photo: sRGB, upright, without any metadata. */
export interface Rendition {
  data: Buffer;
  width: number;
  height: number;
}

export interface ProcessedImage {
  /** The file as it came, which is not kept: its real type, length and SHA-256 (lower-case hex). */
  original: { type: ImageType; bytes: number; sha256: string };
  /** The archived photo. Long edge at most 4096 pixels. */
  full: Rendition;
  /** Long edge at most 1600 pixels. */
  web: Rendition;
  /** Long edge at most 320 pixels. */
  thumb: Rendition;
}

/** 50 megapixels: twice the largest photo of a handheld scanner, and 150 MB when decoded. */
export const MAX_PIXELS = 50_000_000;
const EDGE = { full: 4096, web: 1600, thumb: 320 };
const QUALITY = { full: 88, web: 82, thumb: 80 };
const DECODE_SECONDS = 20;

/**
 * Narrows libvips to what we accept, for this process: the three loaders, one thread per image (the pool has the
 * parallelism, and glibc's heap fragments less), no cache, since no image comes twice.
 */
export function hardenSharp(): void {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp'] });
  sharp.concurrency(1);
  sharp.cache(false);
}

/**
 * Checks a photo, decodes it once and makes all renditions from the pixels, so that nothing of the file itself
 * survives: no position, no serial number, no appended archive. Transparency becomes white.
 * @throws AppError  415 `IMAGE_TYPE_NOT_SUPPORTED`; 422 `FILE_EMPTY`, `IMAGE_TOO_LARGE`, `IMAGE_ANIMATED`,
 *                   `IMAGE_DAMAGED`; 503 `IMAGE_TIMED_OUT`
 */
export async function renderImage(bytes: Buffer): Promise<ProcessedImage> {
  const type = imageTypeOf(bytes);
  await checkHeader(bytes);
  if (type === 'png' && !isCompletePng(bytes)) throw damaged();
  const full = await decode(bytes);
  const web = await shrink(full, EDGE.web);
  const thumb = await shrink(web, EDGE.thumb);
  return {
    original: { type, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    full: await encode(full, QUALITY.full),
    web: await encode(web, QUALITY.web),
    thumb: await encode(thumb, QUALITY.thumb),
  };
}

interface Pixels {
  data: Buffer;
  info: OutputInfo;
}

/** Reads the header only. A bomb of a few kilobytes must cost nothing, and a film is not a photo of a parcel. */
async function checkHeader(bytes: Buffer): Promise<void> {
  const header = sharp(bytes, { failOn: 'warning', limitInputPixels: false });
  const { width, height, pages = 1 } = await header.metadata().catch(explain);
  if (width * height > MAX_PIXELS) throw tooLarge(width, height);
  if (pages > 1) throw new AppError(422, 'IMAGE_ANIMATED', 'Photos may not be animated', { pages });
}

/**
 * Strict about damage: any warning of a decoder refuses the file. The one exception is the header of a scan that some
 * phones write wrongly around whole pictures; libjpeg ignores the wrong field.
 */
async function decode(bytes: Buffer): Promise<Pixels> {
  const pixelsOf = (failOn: FailOnOptions): Promise<Pixels> =>
    scaled(read(bytes, failOn).autoOrient(), EDGE.full)
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw()
      .timeout({ seconds: DECODE_SECONDS })
      .toBuffer({ resolveWithObject: true });
  return pixelsOf('warning')
    .catch((error: Error) => {
      if (!error.message.includes('Invalid SOS parameters')) throw error;
      return pixelsOf('error');
    })
    .catch(explain);
}

const read = (bytes: Buffer, failOn: FailOnOptions): Sharp =>
  sharp(bytes, { failOn, limitInputPixels: MAX_PIXELS, pages: 1, sequentialRead: true });

const fromPixels = ({ data, info: { width, height, channels } }: Pixels): Sharp =>
  sharp(data, { raw: { width, height, channels } });

const scaled = (image: Sharp, edge: number): Sharp =>
  image.resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true });

const shrink = async (pixels: Pixels, edge: number): Promise<Pixels> =>
  scaled(fromPixels(pixels), edge).raw().toBuffer({ resolveWithObject: true });

async function encode(pixels: Pixels, quality: number): Promise<Rendition> {
  const { width, height } = pixels.info;
  return { data: await fromPixels(pixels).jpeg({ quality }).toBuffer(), width, height };
}

/** libpng is content without the last chunks, although they are what says that a file is whole. */
function isCompletePng(bytes: Buffer): boolean {
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return true;
  }
  return false;
}

function explain(error: Error): never {
  if (error.message.startsWith('timeout')) {
    throw new AppError(503, 'IMAGE_TIMED_OUT', 'Reading the photo took too long; try again in a moment');
  }
  throw damaged();
}

const damaged = (): AppError =>
  new AppError(422, 'IMAGE_DAMAGED', 'The photo is damaged or incomplete; take or send it again');

const tooLarge = (width: number, height: number): AppError =>
  new AppError(422, 'IMAGE_TOO_LARGE', `The photo has more than ${MAX_PIXELS / 1e6} megapixels`, {
    maxPixels: MAX_PIXELS,
    width,
    height,
  });
