import { parseArgs } from 'node:util';
import { DEMO_FOLDER } from '../shared/runtime/demo-folder.ts';

const USAGE = 'Use: npm run demo, or npm run demo -- --data-dir <folder>';

/**
 * The folder that the command line names, or the default one.
 * @throws Error in one sentence with the usage, for whatever else stands there
 */
export function folderOf(argv: string[]): string {
  let folder: string | undefined;
  try {
    ({ 'data-dir': folder } = parseArgs({ args: argv, options: { 'data-dir': { type: 'string' } } }).values);
  } catch (error) {
    throw new Error(`${argv.join(' ')} is not understood. ${USAGE}`, { cause: error });
  }
  // an empty name would be the working folder
  if (folder?.trim() === '') throw new Error(`--data-dir needs a folder. ${USAGE}`);
  return folder ?? DEMO_FOLDER;
}
