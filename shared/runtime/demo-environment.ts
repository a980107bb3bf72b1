import { DEMO_FOLDER, refuseForeignFolder } from './demo-folder.ts';

/** What would lead the demo to something real, or to a part of the product only. */
const IGNORED = [
  'DATABASE_URL',
  'NATS_URL',
  'SMTP_URL',
  'KONTOR_BOUNCE_IMAP',
  'STORAGE_URL',
  'VAT_REGISTER_URL',
  'VAT_REGISTER_REQUESTER',
  'KONTOR_SERVICES',
  'KONTOR_SECRET',
];

/**
 * The environment of `npm start -- --demo` and its like: a data folder of the demo and the embedded defaults.
 * `KONTOR_DATA_DIR` names another folder than the default, new, empty or made by the demo.
 * @throws Error of `refuseForeignFolder`, in words for whoever wants to open his own data
 * @returns also the variables that were set and are ignored, so that the caller can say so
 */
export function demoEnvironment(env: NodeJS.ProcessEnv): { env: NodeJS.ProcessEnv; ignored: string[] } {
  const ignored = IGNORED.filter((name) => env[name]);
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !IGNORED.includes(name)));
  const folder = env['KONTOR_DATA_DIR'];
  if (folder) assertDemo(folder);
  return { env: { ...kept, KONTOR_DATA_DIR: folder || DEMO_FOLDER }, ignored };
}

function assertDemo(folder: string): void {
  try {
    refuseForeignFolder(folder);
  } catch (error) {
    throw new Error(
      `KONTOR_DATA_DIR names ${folder}, which the demo did not make. Leave --demo out to open it, or name a folder of the demo or an empty one.`,
      { cause: error },
    );
  }
}
