import path from 'node:path';
import { readConfig, type Config } from '../config.ts';
import { demoEnvironment } from './demo-environment.ts';
import { markNewFolder } from './demo-folder.ts';
import { firstAdministrator } from './first-administrator.ts';
import { createLog, type Logger } from './log.ts';
import { startKontor, type Kontor } from './start.ts';

/** How long the end after an unexpected error may take before the process just ends. */
const LAST_WORDS_MS = 10_000;
/** npm hands Ctrl-C on although the terminal already sent it, so a second signal is one only after a moment. */
const SAME_SIGNAL_MS = 1_000;

const demo = process.argv.includes('--demo');
const config = configOrExit();
const log = createLog(config);
const starting = startKontor(config, { log });
let stopping: Promise<void> | undefined;

endOnUnexpectedErrors(log);
stopOnSignals();
try {
  const kontor = await starting;
  if (stopping === undefined) await greet(kontor);
} catch (error) {
  await stop();
  log.debug({ err: error }, 'The start failed');
  fail(error);
}

function configOrExit(): Config {
  try {
    const unknown = process.argv.slice(2).filter((argument) => argument !== '--demo');
    if (unknown.length) throw new Error(`npm start knows --demo only, not ${unknown.join(' ')}`);
    if (!demo) return readConfig();
    const { env, ignored } = demoEnvironment(process.env);
    if (ignored.length) console.log(`The demo uses its own data and ignores ${ignored.join(', ')}.`);
    const settings = readConfig(env);
    markNewFolder(settings.dataDir);
    return settings;
  } catch (error) {
    return fail(error);
  }
}

async function greet({ url, platform }: Kontor): Promise<void> {
  const lines = [
    url
      ? `Kontor runs at ${url} (reference of the API: ${url}/docs)`
      : `This process runs ${config.services.join(', ')}.`,
    ...(config.services.includes('identity') ? await logInLines(platform) : []),
    ...(url ? [mailLine(url)] : []),
    'Stop it with Ctrl-C.',
  ];
  console.log(`\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
}

async function logInLines(platform: Kontor['platform']): Promise<string[]> {
  const first = await firstAdministrator(platform);
  if (first)
    return [`Log in as ${first.email} with the password ${first.password}`, 'It is shown this once. Change it soon.'];
  const command = `npm run admin -- reset-password${demo ? ' --demo' : ''}`;
  return [`Log in with your account${demo ? ', or one that the demo printed' : ''}. Password lost? ${command}`];
}

function mailLine(url: string): string {
  return config.SMTP_URL
    ? `E-mails go out through ${new URL(config.SMTP_URL).host}.`
    : `E-mails are not sent: they are files in ${path.join(config.dataDir, 'mail')}; administrators read them at ${url}/mail`;
}

/** The first signal lets running work end, a second one does not wait for it. */
function stopOnSignals(): void {
  let firstAt: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (firstAt !== undefined && Date.now() - firstAt < SAME_SIGNAL_MS) return;
      if (firstAt !== undefined) process.exit(1);
      firstAt = Date.now();
      log.info({ signal }, 'Stopping; once more to force it');
      void stop().then(
        () => {
          console.log('\n  Stopped.');
          process.exit(0);
        },
        (error: unknown) => {
          log.error({ err: error }, 'The stop failed');
          process.exit(1);
        },
      );
    });
}

/** A bug leaves a process in a state nobody knows: it is logged, and a supervisor starts the next. */
function endOnUnexpectedErrors(to: Logger): void {
  const end = (kind: string) => (error: unknown) => {
    to.fatal({ err: error }, kind);
    if (stopping) return;
    setTimeout(() => process.exit(1), LAST_WORDS_MS).unref();
    void stop().finally(() => process.exit(1));
  };
  process.on('uncaughtException', end('uncaughtException'));
  process.on('unhandledRejection', end('unhandledRejection'));
}

/** A stop that is asked for while the process starts waits for the start, so that nothing is left running. */
function stop(): Promise<void> {
  return (stopping ??= starting.then(
    (kontor) => kontor.stop(),
    () => undefined,
  ));
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
