import fs from 'node:fs';
import bwip from 'bwip-js/node';
import sharp from 'sharp';

const WIDTH = 1280;
const HEIGHT = 720;

/**
 * A film for Chromium's fake camera: a parcel label with a Code 128, held still.
 * @returns the switches that make it the camera
 */
export async function fakeCamera(file: string, code: string): Promise<string[]> {
  const barcode = await bwip.toBuffer({ bcid: 'code128', text: code, scale: 3, height: 22, includetext: true });
  const label = sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#c9a26b' } }).composite([
    { input: { create: { width: 1000, height: 460, channels: 3, background: '#ffffff' } }, gravity: 'centre' },
    { input: barcode, gravity: 'centre' },
  ]);
  const rgb = await label.removeAlpha().raw().toBuffer();
  const frame = Buffer.concat([Buffer.from('FRAME\n'), toYuv420(rgb)]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  fs.writeFileSync(file, Buffer.concat([head, frame, frame]));
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${file}`,
  ];
}

/** ITU-R BT.601: a brightness per pixel, a colour per four of them. */
function toYuv420(rgb: Buffer): Buffer {
  const pixels = WIDTH * HEIGHT;
  const yuv = Buffer.alloc(pixels + pixels / 2, 128);
  for (let at = 0; at < pixels; at += 1) {
    const [r, g, b] = [rgb[at * 3]!, rgb[at * 3 + 1]!, rgb[at * 3 + 2]!];
    yuv[at] = Math.round(0.299 * r + 0.587 * g + 0.114 * b);
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    if (x % 2 || y % 2) continue;
    const colour = pixels + (y / 2) * (WIDTH / 2) + x / 2;
    yuv[colour] = Math.round(128 - 0.168736 * r - 0.331264 * g + 0.5 * b);
    yuv[colour + pixels / 4] = Math.round(128 + 0.5 * r - 0.418688 * g - 0.081312 * b);
  }
  return yuv;
}
