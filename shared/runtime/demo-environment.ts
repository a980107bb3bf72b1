import { DEMO_FOLDER } from './demo-folder.ts';

/** What would lead the demo to something real, or to a part of the product only. */
const IGNORED = [
  'DATABASE_URL',
  'NATS_URL',
  'SMTP_URL',
  'STORAGE_URL',
  'KONTOR_DATA_DIR',
  'KONTOR_SERVICES',
  'KONTOR_SECRET',
];

/**
 * The environment of the demo and of `npm start -- --demo`: a data folder of its own and the embedded defaults.
 * @returns also the variables that were set and are ignored, so that the caller can say so
 */
export function demoEnvironment(env: NodeJS.ProcessEnv): { env: NodeJS.ProcessEnv; ignored: string[] } {
  const ignored = IGNORED.filter((name) => env[name]);
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !IGNORED.includes(name)));
  return { env: { ...kept, KONTOR_DATA_DIR: DEMO_FOLDER }, ignored };
}
