import { Command } from 'commander';
import { HISTORIES } from '../../migrations/index.ts';
import { describeConfig, readConfig, type Config } from '../config.ts';
import { migrate } from '../persistence/migrate.ts';
import type { Administration, IssuedPassword } from '../protocol/identity/administration.ts';
import { openDatabase } from './backing.ts';
import { demoEnvironment } from './demo-environment.ts';
import { createLog } from './log.ts';

const program = new Command('npm run admin --').description('What can be done without logging in').showHelpAfterError();

program
  .command('reset-password')
  .description('give a user a new password, which is shown once; every session of the user ends')
  .option('--email <address>', 'whose; without it the only administrator')
  .option('--demo', 'in the data of the demo')
  .action(async ({ email, demo }: { email?: string; demo?: true }) =>
    show(await administer(configFor(demo), (administration) => administration.resetPassword(email))),
  );

program
  .command('create-user')
  .description('create a user of the house; merchant users are made by an administrator who is logged in')
  .requiredOption('--email <address>', 'to log in with')
  .requiredOption('--name <name>', 'as others see it')
  .option('--roles <list>', 'worker, lead, finance, admin; separated by commas', 'admin')
  .option('--demo', 'in the data of the demo')
  .action(async ({ email, name, roles, demo }: { email: string; name: string; roles: string; demo?: true }) =>
    show(
      await administer(configFor(demo), (administration) =>
        administration.createUser({ email, displayName: name, roles: roles.split(',').map((role) => role.trim()) }),
      ),
    ),
  );

program
  .command('config')
  .description('list every variable of the environment with its default and meaning')
  .action(() => {
    const variables = describeConfig();
    const width = (field: 'name' | 'fallback') => Math.max(...variables.map((variable) => variable[field].length));
    const line = (name: string, fallback: string, description: string) =>
      console.log(`${name.padEnd(width('name'))}  ${fallback.padEnd(width('fallback'))}  ${description}`);
    line('Variable', 'Default', 'Meaning');
    for (const { name, fallback, description } of variables) line(name, fallback, description);
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function configFor(demo: true | undefined): Config {
  return readConfig(demo ? demoEnvironment(process.env).env : process.env);
}

function show({ email, password }: IssuedPassword): void {
  console.log(`Log in as ${email} with the password ${password}\nIt is shown this once.`);
}

/** Works on the configured database, else on the embedded one, running or started for the moment. */
async function administer<Result>(
  config: Config,
  work: (administration: Administration) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(config, createLog({ LOG_LEVEL: 'warn', LOG_FORMAT: config.LOG_FORMAT }));
  try {
    await migrate(database.databaseUrl, HISTORIES);
    const administration = await openAdministration(database.databaseUrl);
    try {
      return await work(administration);
    } finally {
      await administration.close();
    }
  } finally {
    await database.stop();
  }
}

/** Loaded by its place, as the services are: shared code imports none of them. */
async function openAdministration(databaseUrl: string): Promise<Administration> {
  const module = (await import(new URL('../../services/identity/administration.ts', import.meta.url).href)) as {
    openAdministration: (url: string) => Promise<Administration>;
  };
  return module.openAdministration(databaseUrl);
}
