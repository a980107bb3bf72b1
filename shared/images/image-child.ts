import { readFile } from 'node:fs/promises';
import { serveTasks } from '../runtime/child-tasks.ts';
import { hardenSharp, renderImage, type ProcessedImage } from './render.ts';

hardenSharp();

serveTasks<Uint8Array | string, ProcessedImage>(async (source) =>
  renderImage(typeof source === 'string' ? await readFile(source) : asBuffer(source)),
);

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
