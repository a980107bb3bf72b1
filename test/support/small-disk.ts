import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmdirSync, rmSync, statfsSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A file system of a few megabytes, in which a test decides how much room is left. */
export interface SmallDisk {
  /** Fills it up but for this many bytes, less what is not a whole page. */
  leave: (bytes: number) => void;
  /** Gives back all room that was taken by {@link leave}. */
  empty: () => void;
  close: () => void;
}

const PAGE = 4_096;
const CHUNK = Buffer.alloc(16 * PAGE);

/** Whether the one who runs the test may mount file systems: root may, unless a container keeps it from that. */
export function mayMount(): boolean {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'kontor-mount-'));
  try {
    mountSmallDisk(folder, 1).close();
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(folder);
  }
}

/** Mounts one at a folder, which is made when it is missing. @throws Error without the right to */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk {
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  const ballast = path.join(folder, '.ballast');
  return {
    leave(bytes) {
      const file = openSync(ballast, 'a');
      const left = bytes - (bytes % PAGE);
      try {
        for (let free = freeOf(folder); free > left; free = freeOf(folder))
          writeSync(file, CHUNK, 0, Math.min(CHUNK.length, free - left));
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
