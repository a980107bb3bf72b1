import { execFileSync } from 'node:child_process';
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import path from 'node:path';

/** A file system of a few megabytes, in which a test decides how much room is left. */
export interface SmallDisk {
  /** Fills it up but for this many bytes, to the whole pages of the file system. */
  leave: (bytes: number) => void;
  /** Gives back all room that was taken by {@link leave}. */
  empty: () => void;
  close: () => void;
}

const CHUNK = Buffer.alloc(64 * 1_024);

/**
 * Mounts one at a folder, which is made when it is missing.
 * @returns `undefined` where the one who runs the test may not mount
 */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | undefined {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const ballast = path.join(folder, '.ballast');
  return {
    leave(bytes) {
      const file = openSync(ballast, 'a');
      try {
        for (let free = freeOf(folder); free > bytes; free = freeOf(folder)) {
          const size = Math.min(CHUNK.length, free - bytes);
          writeSync(file, CHUNK, 0, size);
        }
        if (freeOf(folder) < bytes) ftruncateSync(file, Math.max(0, fstatSync(file).size - bytes));
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(ballast, { force: true }),
    close: () => execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' }),
  };
}

function freeOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
