import fs from 'node:fs';
import path from 'node:path';
import { takeDataFolder } from './data-folder.ts';
import { DEMO_MARKER, takeDemoFolder } from './demo-folder.ts';
import { joinEmbeddedNats, startEmbeddedNats } from './embedded-nats.ts';
import { findRunning } from './embedded-postgres.ts';
import { usableDir } from './postgres-folder.ts';

/**
 * Gives the demo an empty folder with its marker: stops the embedded servers that a killed process left, and removes
 * what an earlier demo wrote, for good.
 * @throws Error that says what to do when the folder is not the demo's, another process works on it, or the files
 * belong to somebody else
 */
export async function clearData(dataDir: string): Promise<void> {
  try {
    takeDemoFolder(dataDir);
    const giveBack = takeDataFolder(dataDir);
    try {
      await stopLeftServers(dataDir);
      const cluster = path.join(dataDir, 'postgres');
      if (fs.existsSync(cluster)) fs.rmSync(usableDir(cluster), { recursive: true, force: true });
      // the marker stays throughout, so that after a kill the rest still is the demo's
      for (const name of fs.readdirSync(dataDir).filter((name) => name !== DEMO_MARKER))
        fs.rmSync(path.join(dataDir, name), { recursive: true, force: true });
    } finally {
      giveBack();
    }
  } catch (error) {
    if (!['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw new Error(`${dataDir} belongs to another user and cannot be removed. Remove it, then start again.`, {
      cause: error,
    });
  }
}

async function stopLeftServers(dataDir: string): Promise<void> {
  const cluster = path.join(dataDir, 'postgres');
  if (fs.existsSync(cluster)) await (await findRunning(cluster))?.stop();
  const nats = path.join(dataDir, 'nats.json');
  // a server that is there is taken over, so none is started and no binary is needed
  if (joinEmbeddedNats(nats) !== undefined) await (await startEmbeddedNats('', { file: nats })).stop();
}
