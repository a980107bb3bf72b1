import { expect } from '@jest/globals';
import sharp from 'sharp';
import { quarters } from './hostile-images.ts';

export const RED = [255, 0, 0];
export const GREEN = [0, 255, 0];
export const BLUE = [0, 0, 255];
export const WHITE = [255, 255, 255];

/** The colours in the middle of the four quarters, read like text. */
export async function quarterColours(jpeg: Buffer): Promise<number[][]> {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): number[] => {
    const from = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    return [...data.subarray(from, from + info.channels)];
  };
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
}

const isNear = (found: number[], wanted: number[]): boolean =>
  found.length === wanted.length && found.every((value, i) => Math.abs(value - wanted[i]!) <= 12);

/** Fails unless the quarters have the wanted colours, but for what JPEG loses. */
export async function expectQuarters(jpeg: Buffer, wanted: number[][]): Promise<void> {
  const found = await quarterColours(jpeg);
  if (!found.every((colour, i) => isNear(colour, wanted[i]!))) expect(found).toEqual(wanted);
}

/** Turns and mirrors a picture so that a viewer who obeys the orientation tag sees it upright (EXIF 2.3, tag 0x0112). */
const asTaken = {
  1: { flop: false, angle: 0 },
  2: { flop: true, angle: 0 },
  3: { flop: false, angle: 180 },
  4: { flop: true, angle: 180 },
  5: { flop: true, angle: 270 },
  6: { flop: false, angle: 270 },
  7: { flop: true, angle: 90 },
  8: { flop: false, angle: 90 },
} as const;

/** A photo whose quarters, seen upright, are red, green, blue and white, with all metadata a phone or camera writes. */
export async function photoWithEverything(
  orientation: keyof typeof asTaken,
  width = 240,
  height = 160,
): Promise<Buffer> {
  const { flop, angle } = asTaken[orientation];
  const upright = await quarters(width, height).png().toBuffer();
  const turned = await sharp(upright).rotate(angle).png().toBuffer();
  return sharp(turned)
    .flop(flop && angle % 180 === 0)
    .flip(flop && angle % 180 !== 0)
    .withIccProfile('p3')
    .withExif({
      IFD0: { Make: 'SECRETMAKE', Model: 'SECRETMODEL', Copyright: 'SECRETOWNER' },
      IFD2: { BodySerialNumber: 'SECRETSERIAL' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '52/1 31/1 12/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '13/1 24/1 36/1',
      },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">SECRETXMP</x:xmpmeta>')
    .withMetadata({ orientation })
    .jpeg({ quality: 95 })
    .toBuffer();
}
