import fs from 'node:fs';
import path from 'node:path';
import { processStamp } from './process-stamp.ts';

/**
 * Keeps a second process from taking over the embedded servers of a data folder: it would adopt the running ones and
 * stop them under the first when it ends. The file of a killed process is recognised and replaced.
 * @returns gives the folder back
 * @throws Error that names the process which has it
 */
export function takeDataFolder(dataDir: string): () => void {
  const file = path.join(dataDir, 'process');
  fs.mkdirSync(dataDir, { recursive: true });
  const mine = `${process.pid} ${processStamp(process.pid)}`;
  for (let attempt = 1; ; attempt += 1) {
    try {
      fs.writeFileSync(file, mine, { flag: 'wx', mode: 0o600 });
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 2) throw error;
      const holder = readHolder(file);
      if (holder !== undefined)
        throw new Error(
          `Kontor already runs on ${dataDir} (process ${holder}). Stop it first, or set KONTOR_DATA_DIR to another folder.`,
          { cause: error },
        );
      fs.rmSync(file, { force: true });
    }
  }
}

/** The living process that made the file. */
function readHolder(file: string): number | undefined {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const separator = text.indexOf(' ');
  const pid = Number(text.slice(0, separator));
  return processStamp(pid) === text.slice(separator + 1) ? pid : undefined;
}
