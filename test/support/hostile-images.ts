import sharp, { type Sharp } from 'sharp';
import { crc32, deflateSync } from 'node:zlib';

/** An image file made for a test, with the answer it has to get. */
export interface HostileImage {
  name: string;
  bytes: Buffer;
  /** Status and type of the refusal. */
  code: number;
  type: string;
}

/** A picture whose four quarters are red, green, blue and white, so that every turn and mirroring shows. */
export function quarters(width: number, height: number): Sharp {
  const colours = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    [255, 255, 255],
  ] as const;
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      pixels.set(colours[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)]!, (y * width + x) * 3);
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** A picture nothing can be compressed away from, so that every byte of the file counts. */
export function noise(width: number, height: number): Sharp {
  const pixels = Buffer.alloc(width * height * 3);
  let state = 12345;
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    pixels[i] = state >>> 16;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** Every file the image processor has to refuse, with the reason. */
export async function hostileImages(): Promise<HostileImage[]> {
  return [
    ...otherTypes(await quarters(16, 16).gif().toBuffer(), await quarters(16, 16).tiff().toBuffer()),
    ...(await damagedFiles()),
    ...oversized(await quarters(16, 16).jpeg().toBuffer()),
    refused('WebP of 200 frames', await animation(200).webp().toBuffer(), 422, 'IMAGE_ANIMATED'),
    refused('GIF of 200 frames', await animation(200).gif().toBuffer(), 415, 'IMAGE_TYPE_NOT_SUPPORTED'),
    refused('nothing at all', Buffer.alloc(0), 422, 'FILE_EMPTY'),
  ];
}

const refused = (name: string, bytes: Buffer, code: number, type: string): HostileImage => ({
  name,
  bytes,
  code,
  type,
});

function otherTypes(gif: Buffer, tiff: Buffer): HostileImage[] {
  const brand = (name: string): Buffer => Buffer.from(`\0\0\0\x18ftyp${name}\0\0\0\0mif1${name}`, 'latin1');
  const files: [string, Buffer][] = [
    ['SVG with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['SVG behind a declaration', Buffer.from('<?xml version="1.0"?>\n<svg width="1" height="1"/>')],
    ['HTML', Buffer.from('<!DOCTYPE html><script>alert(1)</script>')],
    ['PDF', Buffer.from('%PDF-1.7\n%\xe2\xe3\n', 'latin1')],
    ['PostScript', Buffer.from('%!PS-Adobe-3.0 EPSF-3.0\n')],
    ['ImageMagick drawing', Buffer.from('push graphic-context\nimage over 0,0 0,0 "https://example.org/x"\n')],
    ['ZIP', Buffer.from('PK\x03\x04\x14\0\0\0', 'latin1')],
    ['HEIC', brand('heic')],
    ['AVIF', brand('avif')],
    ['GIF', gif],
    ['TIFF', tiff],
    ['text', Buffer.from('hello')],
    ['one byte', Buffer.from([0xff])],
  ];
  return files.map(([name, bytes]) => refused(name, bytes, 415, 'IMAGE_TYPE_NOT_SUPPORTED'));
}

async function damagedFiles(): Promise<HostileImage[]> {
  const whole: [string, Buffer][] = [
    ['JPEG', await noise(300, 200).jpeg().toBuffer()],
    ['progressive JPEG', await noise(300, 200).jpeg({ progressive: true }).toBuffer()],
    ['large JPEG', await noise(3_000, 2_000).jpeg({ quality: 30 }).toBuffer()],
    ['PNG', await noise(300, 200).png().toBuffer()],
    ['interlaced PNG', await noise(300, 200).png({ progressive: true }).toBuffer()],
    ['WebP', await noise(300, 200).webp().toBuffer()],
    ['lossless WebP', await noise(300, 200).webp({ lossless: true }).toBuffer()],
  ];
  return whole.flatMap(([name, bytes]) => [
    ...[1, 2, 12, bytes.length >> 1, bytes.length - 20].map((cut) =>
      refused(`${name} without its last ${cut} bytes`, bytes.subarray(0, bytes.length - cut), 422, 'IMAGE_DAMAGED'),
    ),
    ...(name.includes('WebP') ? [] : [refused(`${name} with a torn middle`, torn(bytes), 422, 'IMAGE_DAMAGED')]),
  ]);
}

/** The same file with a stretch of its middle overwritten by bytes that JPEG reads as markers. */
function torn(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  for (let i = 0; i < 40; i++) copy.writeUInt16BE(0xffe0, (bytes.length >> 1) + i * 2);
  return copy;
}

function oversized(smallJpeg: Buffer): HostileImage[] {
  const withEdges = (edge: number): Buffer => {
    const jpeg = Buffer.from(smallJpeg);
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(edge, frame + 5);
    jpeg.writeUInt16BE(edge, frame + 7);
    return jpeg;
  };
  return [
    refused('PNG bomb of 16,384 × 16,384 zeros', pngOfZeros(16_384, 16_384), 422, 'IMAGE_TOO_LARGE'),
    refused('PNG of one pixel too many', pngOfZeros(50_000_001, 1), 422, 'IMAGE_TOO_LARGE'),
    refused('JPEG header of 65,500 × 65,500', withEdges(65_500), 422, 'IMAGE_TOO_LARGE'),
    // libjpeg knows no pictures of more than 65,500.
    refused('JPEG header of 65,535 × 65,535', withEdges(65_535), 422, 'IMAGE_DAMAGED'),
  ];
}

/** A valid black PNG of one bit per pixel: 16,384² pixels are 33 kB. */
export function pngOfZeros(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height), { level: 1 });
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', rows),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** Films of two thousand frames, which take too long to make for every test. */
export async function longFilms(): Promise<HostileImage[]> {
  return [
    refused('WebP of 2,000 frames', await animation(2_000).webp({ effort: 0 }).toBuffer(), 422, 'IMAGE_ANIMATED'),
    refused(
      'GIF of 2,000 frames',
      await animation(2_000).gif({ effort: 1 }).toBuffer(),
      415,
      'IMAGE_TYPE_NOT_SUPPORTED',
    ),
  ];
}

/** The same JPEG, made longer by comments to a number of bytes. */
export function padded(picture: Buffer, bytes: number): Buffer {
  const comments: Buffer[] = [];
  for (let missing = bytes - picture.length; missing > 0;) {
    // a comment takes at least four bytes, so none of fewer may be left over
    const length = missing <= 65_000 ? missing : Math.min(65_000, missing - 4);
    const comment = Buffer.alloc(length);
    comment.writeUInt16BE(0xfffe, 0);
    comment.writeUInt16BE(length - 2, 2);
    comments.push(comment);
    missing -= length;
  }
  return Buffer.concat([picture.subarray(0, 2), ...comments, picture.subarray(2)]);
}

/** A film whose frames all differ. */
function animation(frames: number): Sharp {
  const pixels = Buffer.from(Uint8Array.from({ length: 8 * 8 * frames * 3 }, (_, i) => (i * i) >> 3));
  return sharp(pixels, { raw: { width: 8, height: 8 * frames, channels: 3, pageHeight: 8 } });
}
