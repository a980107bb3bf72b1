import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { openImageProcessor, type ImageProcessor, type RenditionFile } from '../../../shared/images/image-processor.ts';
import type { ProcessedImage, Rendition } from '../../../shared/images/render.ts';
import { hostileImages, noise, pngOfZeros, quarters } from '../../support/hostile-images.ts';
import { photoWithEverything, quarterColours, expectQuarters, RED, GREEN, BLUE, WHITE } from '../../support/photos.ts';
import { openFiles } from '../../support/open-files.ts';

let images: ImageProcessor;
let folder: string;
beforeAll(() => {
  images = openImageProcessor();
  folder = mkdtempSync(join(tmpdir(), 'kontor-images-'));
});
afterAll(async () => {
  await images.close();
  await rm(folder, { recursive: true });
});

/** What is made of a picture, with the bytes of every size. */
async function develop(bytes: Uint8Array): Promise<ProcessedImage> {
  const path = join(folder, `${randomUUID()}.jpg`);
  await writeFile(path, bytes);
  try {
    const { original, full, web, thumb } = await images.process(path, folder);
    return { original, full: await taken(full), web: await taken(web), thumb: await taken(thumb) };
  } finally {
    await rm(path);
  }
}

async function taken({ path, bytes, sha256, width, height }: RenditionFile): Promise<Rendition> {
  const data = await readFile(path);
  await rm(path);
  expect({ bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') }).toEqual({ bytes, sha256 });
  return { data, width, height };
}

const renditions = ({ full, web, thumb }: ProcessedImage) => ({ full, web, thumb });
describe.each([1, 2, 3, 4, 5, 6, 7, 8] as const)('a photo with orientation %i', (orientation) => {
  test('B1 photos are turned upright and stripped of all metadata', async () => {
    const taken = await photoWithEverything(orientation);
    expect(await sharp(taken).metadata()).toMatchObject({ orientation, width: orientation < 5 ? 240 : 160 });
    expect(taken.includes('SECRETSERIAL')).toBe(true);
    for (const { data, width, height } of Object.values(renditions(await develop(taken)))) {
      expect({ width, height }).toEqual({ width: 240, height: 160 });
      await expectQuarters(data, [RED, GREEN, BLUE, WHITE]);
      const found = await sharp(data).metadata();
      expect(found).toMatchObject({ format: 'jpeg', space: 'srgb', channels: 3, width, height });
      for (const kind of ['orientation', 'exif', 'icc', 'iptc', 'xmp', 'comments'] as const) {
        expect(found[kind]).toBeUndefined();
      }
      expect(data.includes('SECRET')).toBe(false);
      expect(data.includes('Exif')).toBe(false);
    }
  });
});

test('B1 a photo gets a full, a web and a thumb size and keeps the hash of its original', async () => {
  const photo = await quarters(5_000, 2_500).jpeg().toBuffer();
  const processed = await develop(photo);
  expect(processed.original).toEqual({
    type: 'jpeg',
    bytes: photo.length,
    sha256: createHash('sha256').update(photo).digest('hex'),
  });
  const sizes = { full: [4096, 2048], web: [1600, 800], thumb: [320, 160] };
  for (const [name, { data, width, height }] of Object.entries(renditions(processed))) {
    expect([width, height]).toEqual(sizes[name as keyof typeof sizes]);
    expect(await sharp(data).metadata()).toMatchObject({ width, height });
    await expectQuarters(data, [RED, GREEN, BLUE, WHITE]);
  }
});

test('B1 small photos are never enlarged, the smallest has one pixel', async () => {
  const { full, web, thumb } = await develop(await quarters(1, 1).png().toBuffer());
  for (const { width, height } of [full, web, thumb]) expect({ width, height }).toEqual({ width: 1, height: 1 });
  expect((await develop(await quarters(3_000, 2).png().toBuffer())).thumb).toMatchObject({
    width: 320,
    height: 1,
  });
});

const WAYS: [string, () => Promise<Buffer>, 'jpeg' | 'png' | 'webp'][] = [
  ['JPEG', () => quarters(64, 64).jpeg({ quality: 95 }).toBuffer(), 'jpeg'],
  ['progressive JPEG', () => quarters(64, 64).jpeg({ quality: 95, progressive: true }).toBuffer(), 'jpeg'],
  ['PNG', () => quarters(64, 64).png().toBuffer(), 'png'],
  ['palette PNG', () => quarters(64, 64).png({ palette: true }).toBuffer(), 'png'],
  ['16-bit PNG', () => quarters(64, 64).toColourspace('rgb16').png().toBuffer(), 'png'],
  ['PNG with transparency', () => quarters(64, 64).ensureAlpha().png().toBuffer(), 'png'],
  ['WebP', () => quarters(64, 64).webp({ quality: 95 }).toBuffer(), 'webp'],
  ['lossless WebP', () => quarters(64, 64).webp({ lossless: true }).toBuffer(), 'webp'],
];

test.each(WAYS)('B5 a %s is accepted for what it is and becomes an sRGB JPEG', async (_, make, type) => {
  const { original, full } = await develop(await make());
  expect(original.type).toBe(type);
  expect(await sharp(full.data).metadata()).toMatchObject({
    format: 'jpeg',
    space: 'srgb',
    channels: 3,
    depth: 'uchar',
  });
  await expectQuarters(full.data, [RED, GREEN, BLUE, WHITE]);
});

test('B5 a JPEG in print colours becomes an sRGB JPEG of the same, if duller, colours', async () => {
  const { full } = await develop(await quarters(64, 64).toColourspace('cmyk').jpeg({ quality: 98 }).toBuffer());
  expect(await sharp(full.data).metadata()).toMatchObject({ format: 'jpeg', space: 'srgb', channels: 3 });
  const [red, green, blue, white] = await quarterColours(full.data);
  for (const [channel, colour] of [red, green, blue].entries())
    expect(colour!.indexOf(Math.max(...colour!))).toBe(channel);
  expect(Math.min(...white!)).toBeGreaterThan(240);
});

test('B1 transparency becomes white and grey stays grey', async () => {
  const clear = sharp({ create: { width: 20, height: 20, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } } });
  await expectQuarters((await develop(await clear.png().toBuffer())).full.data, [WHITE, WHITE, WHITE, WHITE]);
  const grey = sharp({ create: { width: 20, height: 20, channels: 3, background: '#808080' } }).toColourspace('b-w');
  const { full } = await develop(await grey.png().toBuffer());
  const middle = [128, 128, 128];
  await expectQuarters(full.data, [middle, middle, middle, middle]);
});

test('B1 whatever is appended to a photo does not survive', async () => {
  const archive = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.from('<?php evil(); ?>PAYLOAD')]);
  for (const photo of [await noise(400, 300).jpeg().toBuffer(), await noise(400, 300).png().toBuffer()]) {
    const processed = await develop(Buffer.concat([photo, archive]));
    for (const { data } of Object.values(renditions(processed))) {
      expect(data.includes('PAYLOAD') || data.includes('<?php') || data.includes('PK\x03\x04')).toBe(false);
      expect(data.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
    }
  }
});

test('B5 every hostile file is refused with its reason and the decoder works on', async () => {
  const answers: unknown[] = [];
  const wanted: unknown[] = [];
  await develop(await quarters(8, 8).jpeg().toBuffer());
  const before = openFiles();
  for (const { name, bytes, code, type } of await hostileImages()) {
    answers.push(
      await develop(bytes).then(
        () => ({ name, accepted: true }),
        (error: { code: number; type: string }) => ({ name, code: error.code, type: error.type }),
      ),
    );
    wanted.push({ name, code, type });
  }
  expect(answers).toEqual(wanted);
  expect((await develop(await quarters(8, 8).jpeg().toBuffer())).full.width).toBe(8);
  expect(openFiles()).toBeLessThanOrEqual(before + 1);
  expect(await readdir(folder)).toEqual([]);
});

test('B5 a picture of just 50 megapixels is taken, one row more is not', async () => {
  expect((await develop(pngOfZeros(10_000, 5_000))).full).toMatchObject({ width: 4096, height: 2048 });
  await expect(develop(pngOfZeros(10_000, 5_001))).rejects.toMatchObject({
    type: 'IMAGE_TOO_LARGE',
    data: { maxPixels: 50_000_000, width: 10_000, height: 5_001 },
  });
});

test('a whole photo whose scan header a phone has written wrongly is taken', async () => {
  const photo = await quarters(64, 64).jpeg({ quality: 95 }).toBuffer();
  const scan = photo.indexOf(Buffer.from([0xff, 0xda]));
  const spectralEnd = scan + 2 + photo.readUInt16BE(scan + 2) - 2;
  expect(photo[spectralEnd]).toBe(63);
  photo[spectralEnd] = 0;
  await expectQuarters((await develop(photo)).full.data, [RED, GREEN, BLUE, WHITE]);
  await expect(develop(photo.subarray(0, photo.length - 2))).rejects.toMatchObject({ type: 'IMAGE_DAMAGED' });
});

test('a size that cannot be written leaves none of the others', async () => {
  const photo = join(folder, 'photo.jpg');
  await writeFile(photo, await quarters(64, 64).jpeg().toBuffer());
  await expect(images.process(photo, photo)).rejects.toThrow(/ENOTDIR|EEXIST/);
  await rm(photo);
  expect(await readdir(folder)).toEqual([]);
});

test('a file that is not there is a bug of the caller, not a damaged photo', async () => {
  await expect(images.process(join(folder, 'no-such-file.jpg'), folder)).rejects.toThrow(/ENOENT/);
});
