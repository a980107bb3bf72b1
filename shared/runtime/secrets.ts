import { hkdfSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Config } from '../config.ts';

/** One key per purpose, so that a token of one kind can never pass as another. */
export interface Keys {
  accessToken: Uint8Array;
  principal: Uint8Array;
  link: Uint8Array;
  /** Encrypts what must be read back, such as webhook secrets. */
  vault: Uint8Array;
}

/** Keys from `KONTOR_SECRET`, or from a secret generated once into the data folder (readable by its owner only). */
export function loadKeys(config: Pick<Config, 'KONTOR_SECRET' | 'dataDir'>): Keys {
  const secret = config.KONTOR_SECRET ?? storedSecret(path.join(config.dataDir, 'secret'));
  const derive = (purpose: string) => new Uint8Array(hkdfSync('sha256', secret, 'kontor', purpose, 32));
  return {
    accessToken: derive('access-token'),
    principal: derive('principal'),
    link: derive('link'),
    vault: derive('vault'),
  };
}

function storedSecret(file: string): string {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  try {
    fs.writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return fs.readFileSync(file, 'utf8').trim();
}
