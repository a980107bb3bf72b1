import fs from 'node:fs';
import path from 'node:path';
import { describeConfig, readConfig, type Config } from '../shared/config.ts';
import { clearData } from '../shared/runtime/clear-data.ts';
import { firstAdministrator } from '../shared/runtime/first-administrator.ts';
import { createLog } from '../shared/runtime/log.ts';
import { startKontor } from '../shared/runtime/start.ts';
import type { LogIn } from './api.ts';
import type { MovableClock } from './calendar.ts';

/** What the demo plays on: the whole product in this process, with data of its own. */
export interface Stage {
  url: string;
  administrator: LogIn;
  stop: () => Promise<void>;
}

/** Of a start from scratch nothing else is asked for; all other variables would lead to something real. */
const KEPT = ['LOG_LEVEL'];
/** Of these the demo takes where its mails lead. */
const ADDRESS = ['PORT', 'PUBLIC_URL'];

/** While it plays nobody has to reach it at a fixed address; mails come from the house. */
const OWN = { PORT: '0', MAIL_FROM: 'Nordlager Fulfillment GmbH <versand@nordlager.example>' };

/** Where `npm start -- --demo` serves afterwards, which is where links in the mails of the demo lead. */
const addressOf = (env: NodeJS.ProcessEnv): string => {
  const port = Number(env['PORT']);
  return env['PUBLIC_URL'] || `http://localhost:${port > 0 ? port : 4_000}`;
};

/**
 * The embedded defaults on a free port, links for the address of later.
 * @returns also the variables that are set and ignored
 */
export function demoConfig(env: NodeJS.ProcessEnv, dataDir: string): { config: Config; ignored: string[] } {
  const ignored = describeConfig()
    .map(({ name }) => name)
    .filter((name) => env[name] && !KEPT.includes(name) && !ADDRESS.includes(name));
  const kept = Object.fromEntries(KEPT.map((name) => [name, env[name]]));
  return { config: readConfig({ ...kept, ...OWN, PUBLIC_URL: addressOf(env), KONTOR_DATA_DIR: dataDir }), ignored };
}

export const logFile = (config: Config): string => path.join(config.dataDir, 'demo.log');

/**
 * Brings everything up on an empty folder.
 * @param onStart  hears of the start, so that a signal can wait for it and stop what it brought up
 * @throws Error that says what to do, when the folder is not the demo's, another process works on it or it cannot be
 * emptied
 */
export async function openStage(
  config: Config,
  { now }: MovableClock,
  onStart: (starting: Promise<{ stop: () => Promise<void> }>) => void,
): Promise<Stage> {
  await clearData(config.dataDir);
  const starting = startKontor(config, { now, log: createLog(config, fs.createWriteStream(logFile(config))) });
  onStart(starting);
  const kontor = await starting;
  const administrator = await firstAdministrator(kontor.platform);
  if (!kontor.url || !administrator) throw new Error('The product did not start on empty data');
  return { url: kontor.url, administrator, stop: kontor.stop };
}
