import sharp from 'sharp';
import { chanceOf } from '../chance.ts';
import { HEIGHT, sceneSvg, WIDTH, type Damage, type Motif } from './scenes.ts';

export interface Shot {
  motif: Motif;
  damage: Damage;
  /** Another text gives another framing and light of the same goods. */
  variant: string;
}

/** Makes the photos that a worker would take with a phone. */
export interface PhotoStudio {
  /** @returns JPEG with the EXIF data of a phone, its orientation included */
  take: (shot: Shot) => Promise<Buffer>;
}

/** Each scene is drawn once; a photo is a part of it, held as somebody happened to hold the phone. */
export function openStudio(): PhotoStudio {
  const scenes = new Map<string, Promise<Buffer>>();
  return {
    take: async ({ motif, damage, variant }) => {
      const key = `${motif} ${damage}`;
      const drawn = scenes.get(key) ?? draw(sceneSvg(motif, damage));
      scenes.set(key, drawn);
      return shoot(await drawn, variant);
    },
  };
}

async function draw(svg: string): Promise<Buffer> {
  const noise = await sharp({
    create: {
      width: WIDTH,
      height: HEIGHT,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 14 },
    },
  })
    .png({ compressionLevel: 0 })
    .toBuffer();
  // kept as JPEG, because two dozen scenes as pixels would fill 80 MB
  return sharp(Buffer.from(svg))
    .resize(WIDTH, HEIGHT)
    .flatten({ background: '#8d8778' })
    .composite([{ input: noise, blend: 'soft-light' }])
    .jpeg({ quality: 95 })
    .toBuffer();
}

/** How a phone turns what it stores, and the EXIF orientation by which a viewer turns it back. */
const HOLDS = [
  { orientation: 1, turn: 0 },
  { orientation: 6, turn: 270 },
  { orientation: 3, turn: 180 },
  { orientation: 8, turn: 90 },
] as const;

async function shoot(scene: Buffer, variant: string): Promise<Buffer> {
  const chance = chanceOf(variant);
  const hold = chance.pick(HOLDS);
  const isPortrait = hold.turn % 180 !== 0;
  const height = Math.round(HEIGHT * (isPortrait ? 1 : 0.86 + 0.1 * chance.next()));
  const width = Math.round(isPortrait ? height * 0.86 : (height * WIDTH) / HEIGHT);
  return sharp(scene)
    .extract({
      left: isPortrait ? Math.round((WIDTH - width) / 2) : chance.whole(0, WIDTH - width),
      top: chance.whole(0, HEIGHT - height),
      width,
      height,
    })
    .modulate({ brightness: 0.9 + 0.2 * chance.next(), saturation: 0.85 + 0.25 * chance.next() })
    .rotate(hold.turn)
    .withExif({ IFD0: { Make: 'Demo', Model: 'Packing table' } })
    .withMetadata({ orientation: hold.orientation })
    .jpeg({ quality: 82 })
    .toBuffer();
}
