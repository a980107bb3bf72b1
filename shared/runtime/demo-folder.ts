import fs from 'node:fs';
import path from 'node:path';

/** Lies in every folder that the demo made, and only there: what it marks may be emptied. */
export const DEMO_MARKER = '.kontor-demo';
/** Where the demo plays when nothing else is said, from the folder the product runs in. */
export const DEMO_FOLDER = '.data/demo';
/** Of a demo from before there was a marker; it wrote this log before anything else. */
const DEMO_LOG = 'demo.log';

/**
 * Refuses a folder that holds what the demo did not make, so that nothing but its own data is ever emptied. A folder
 * that is not there, or is empty, will do. Without the marker only the demo's own default folder with its log will.
 * @throws Error that says what to do; nothing was touched
 */
export function refuseForeignFolder(folder: string): void {
  if (isFree(folder) || fs.existsSync(path.join(folder, DEMO_MARKER))) return;
  const isDefault = path.resolve(folder) === path.resolve(DEMO_FOLDER);
  if (isDefault && fs.existsSync(path.join(folder, DEMO_LOG))) return;
  throw new Error(`${folder} is not a folder of the demo; name an empty one${isDefault ? ', or remove it' : ''}`);
}

/**
 * Makes the folder one of the demo.
 * @throws Error of `refuseForeignFolder`
 */
export function takeDemoFolder(folder: string): void {
  refuseForeignFolder(folder);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, DEMO_MARKER), 'The next demo on this folder removes everything in it.\n');
}

/** Marks a folder that is new, so that a later demo may use it; leaves any other as it is. */
export function markNewFolder(folder: string): void {
  if (isFree(folder)) takeDemoFolder(folder);
}

/** A file in this place is not: it stays, and the caller is told. */
function isFree(folder: string): boolean {
  try {
    return fs.readdirSync(folder).length === 0;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return true;
    if (code === 'ENOTDIR') return false;
    throw error;
  }
}
