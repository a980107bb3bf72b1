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

/** Nobody has to reach it at a fixed address; mails come from the house. */
const OWN = { PORT: '0', MAIL_FROM: 'Nordlager Fulfillment GmbH <versand@nordlager.example>' };

/** The embedded defaults on a free port. @returns also the variables that are set and ignored */
export function demoConfig(env: NodeJS.ProcessEnv, dataDir: string): { config: Config; ignored: string[] } {
  const ignored = describeConfig()
    .map(({ name }) => name)
    .filter((name) => env[name] && !KEPT.includes(name));
  const kept = Object.fromEntries(KEPT.map((name) => [name, env[name]]));
  return { config: readConfig({ ...kept, ...OWN, KONTOR_DATA_DIR: dataDir }), ignored };
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
