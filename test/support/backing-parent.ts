// A process that brought up the embedded parts, for tests to kill: prints their addresses and stays.
import { pino } from 'pino';
import { readConfig } from '../../shared/config.ts';
import { openBacking } from '../../shared/runtime/backing.ts';

const [dataDir = ''] = process.argv.slice(2);
const config = readConfig({ KONTOR_DATA_DIR: dataDir });
const { databaseUrl, natsUrl } = await openBacking(config, pino({ level: 'silent' }));
process.stdout.write(`${JSON.stringify({ databaseUrl, natsUrl })}\n`);
setInterval(() => undefined, 60_000);
