// A process that owns an embedded cluster, for tests to kill: prints the address and stays.
import { startEmbeddedPostgres } from '../../shared/runtime/embedded-postgres.ts';

const [dataDir = '', ephemeral] = process.argv.slice(2);
const {
  url,
  adopted,
  dataDir: usedDir,
} = await startEmbeddedPostgres(dataDir, {
  ephemeral: ephemeral === '--ephemeral',
});
process.stdout.write(`${JSON.stringify({ url, adopted, dataDir: usedDir })}\n`);
setInterval(() => undefined, 60_000);
