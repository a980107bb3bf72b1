import { readFile, rm } from 'node:fs/promises';
import { serveTasks } from '../runtime/child-tasks.ts';
import { writePartFile } from '../storage/part-file.ts';
import type { ImageFiles, ImageTask } from './image-processor.ts';
import { hardenSharp, renderImage, type Rendition } from './render.ts';

hardenSharp();

serveTasks<ImageTask, ImageFiles>(async ({ path, folder }) => {
  const { original, full, web, thumb } = await renderImage(await readFile(path));
  const kept = await Promise.allSettled([full, web, thumb].map((rendition) => write(folder, rendition)));
  const files = kept.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = kept.find((one) => one.status === 'rejected');
  if (!failed) return { original, full: files[0]!, web: files[1]!, thumb: files[2]! };
  await Promise.all(files.map((file) => rm(file.path, { force: true })));
  throw failed.reason;
});

const write = async (folder: string, { data, width, height }: Rendition) => ({
  ...(await writePartFile(folder, data)),
  width,
  height,
});
