import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DEMO_MARKER } from './demo-folder.ts';
import { rootsFolder, serverAccount, type Account } from './postgres-binaries.ts';
import { processCommand } from './process-stamp.ts';

/** Where the cluster lives: the wanted folder, or one of its own when the server's account cannot enter it. */
export function usableDir(
  wantedDir: string,
  account: Account | undefined = serverAccount(),
  log?: (message: string) => void,
): string {
  fs.mkdirSync(wantedDir, { recursive: true });
  const real = fs.realpathSync(wantedDir);
  if (!account) return real;
  fs.chownSync(real, account.uid, account.gid);
  if (canEnter(real, account)) return real;
  const dir = path.join(rootsFolder(), Buffer.from(real).toString('base64url').slice(-NAME));
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  fs.chownSync(dir, account.uid, account.gid);
  log?.(`The database lives in ${dir}, because its account cannot enter ${wantedDir}`);
  return dir;
}

/**
 * Notes beside a cluster that lives elsewhere which folder it is of, so that it can be removed when that folder is.
 * @param ephemeral  nobody wants its data back; neither that of a demo
 */
export function recordCluster(wantedDir: string, dataDir: string, ephemeral = false): void {
  const folder = fs.realpathSync(wantedDir);
  if (folder === dataDir) return;
  const passing = ephemeral || fs.existsSync(path.join(path.dirname(folder), DEMO_MARKER));
  fs.writeFileSync(`${dataDir}${RECORD}`, JSON.stringify({ folder, passing } satisfies ClusterRecord), { mode: 0o600 });
}

/**
 * Removes the clusters of tests and demos whose folder is gone. What a house works with is never removed: its folder
 * may have been moved, or its disk not be there. A cluster from before there were records has its folder in its name,
 * and counts as passing in the folder for temporary files only. One that a server runs on stays.
 * @param parent  where clusters live that had to move
 * @returns the folders whose clusters were removed
 */
export function removeLeftClusters(parent = rootsFolder()): string[] {
  const names = new Set(fs.readdirSync(parent).map((name) => name.replace(BESIDE, '')));
  return [...names].flatMap((name) => {
    const dir = path.join(parent, name);
    const record = readRecord(dir) ?? recordInName(name);
    if (!record?.passing || fs.existsSync(record.folder) || hasServer(dir)) return [];
    for (const file of [dir, `${dir}.new`, `${dir}${RECORD}`]) fs.rmSync(file, { recursive: true, force: true });
    return [record.folder];
  });
}

/** What stands beside a moved cluster. */
interface ClusterRecord {
  folder: string;
  passing: boolean;
}

const RECORD = '.folder.json';
/** What stands there too: records, and clusters whose creation was killed. */
const BESIDE = /\.(folder\.json|new)$/;
/** Characters of a name; a longer path is cut off in front, and then the name does not tell it. */
const NAME = 200;

const canEnter = (dir: string, account: Account): boolean =>
  spawnSync('/bin/sh', ['-c', `test -w "$0"`, dir], { ...account, cwd: '/' }).status === 0;

function readRecord(dir: string): ClusterRecord | undefined {
  try {
    const { folder, passing } = JSON.parse(fs.readFileSync(`${dir}${RECORD}`, 'utf8')) as Partial<ClusterRecord>;
    // half-written by a killed process: better kept than removed
    return typeof folder === 'string' && path.isAbsolute(folder) ? { folder, passing: passing === true } : undefined;
  } catch {
    return undefined;
  }
}

function recordInName(name: string): ClusterRecord | undefined {
  const folder = Buffer.from(name, 'base64url').toString();
  if (name.length >= NAME || Buffer.from(folder).toString('base64url') !== name) return undefined;
  const temporary = path.join(fs.realpathSync(os.tmpdir()), 'kontor-');
  return { folder, passing: path.normalize(folder).startsWith(temporary) };
}

function hasServer(dir: string): boolean {
  const file = path.join(dir, 'postmaster.pid');
  const pid = fs.existsSync(file) ? parseInt(fs.readFileSync(file, 'utf8'), 10) : Number.NaN;
  return processCommand(pid)?.includes(`postgres -D ${dir} `) ?? false;
}
