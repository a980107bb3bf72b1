import fs from 'node:fs';
import { expect, test } from '@jest/globals';
import { lineCount, violations } from './support/architecture.ts';

const FOLDERS = ['shared', 'services', 'migrations', 'oracle', 'demo', 'bench', 'proof', 'test', 'web/src'];
/** Longer files are read with less ease (house style); printed, not refused. */
const COMFORTABLE_LINES = 200;

const sources = new Map(
  fs
    .globSync(FOLDERS.map((folder) => `${folder}/**/*.{ts,tsx}`))
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .map((file) => [file, fs.readFileSync(file, 'utf8')]),
);

test('every file keeps to the rules of its layer', () => {
  expect(sources.size).toBeGreaterThan(100);
  expect([...sources].flatMap(([file, source]) => violations(file, source))).toEqual([]);
});

test('long files are named', () => {
  const long = [...sources].filter(
    ([file, source]) => /^(services|shared)\//.test(file) && lineCount(source) > COMFORTABLE_LINES,
  );
  for (const [file, source] of long) process.stdout.write(`    long: ${file} has ${lineCount(source)} lines\n`);
  expect(long.length).toBeLessThan(sources.size / 10);
});

test.each([
  ['shared/kernel/money.ts', `import fs from 'node:fs';`],
  ['shared/kernel/money.ts', `import { z } from 'zod';`],
  ['shared/kernel/money.ts', `import type { Actor } from '../protocol/actor.ts';`],
  ['shared/protocol/orders/events.ts', `import { sql } from '../../persistence/sql.ts';`],
  ['shared/protocol/orders/events.ts', `import type { ServiceBroker } from 'moleculer';`],
  ['shared/messaging/transact.ts', `import { x } from '../../services/orders/orders.deps.ts';`],
  ['shared/messaging/transact.ts', `const x = await import('../../services/orders/orders.deps.ts');`],
  ['shared/messaging/transact.ts', `export * from '../../services/orders/orders.deps.ts';`],
  ['shared/messaging/transact.ts', `type X = import('../../services/orders/orders.deps.ts').OrdersDeps;`],
  ['shared/runtime/platform.ts', `import { HISTORIES } from '../../migrations/index.ts';`],
  ['shared/runtime/start.ts', `import { HISTORY } from '../../migrations/orders/index.ts';`],
  ['migrations/orders/2026-01-01-x.ts', `import { serviceActor } from '../../shared/protocol/actor.ts';`],
  ['migrations/orders/2026-01-01-x.ts', `import pg from 'pg';`],
  ['services/billing/domain/vat.ts', `import { sql } from '../../../shared/persistence/sql.ts';`],
  ['services/billing/domain/vat.ts', `import { runs } from '../persistence/runs.ts';`],
  ['services/billing/domain/vat.ts', `import { states } from '../../returns/domain/states.ts';`],
  ['services/billing/domain/vat.ts', `import fs from 'node:fs';`],
  ['services/billing/domain/vat.ts', `import dayjs from 'dayjs';`],
  ['services/billing/domain/vat.ts', `export const today = () => new Date();`],
  ['services/billing/domain/vat.ts', `export const today = () => Date.now();`],
  ['services/billing/domain/vat.ts', `export const luck = () => Math.random();`],
  ['services/billing/domain/vat.ts', `export const zone = process.env['TZ'];`],
  ['services/billing/use-cases/x.ts', `import { y } from '../../orders/orders.deps.ts';`],
  ['services/billing/use-cases/x.ts', `import { y } from '../../../oracle/pricing.ts';`],
  ['services/billing/use-cases/x.ts', `import { y } from '../../../migrations/index.ts';`],
  ['services/billing/use-cases/x.ts', `import { y } from '../../../test/support/database.ts';`],
  ['services/billing/use-cases/x.ts', `import { startKontor } from '../../../shared/runtime/start.ts';`],
  ['services/billing/use-cases/x.ts', `export default 1;`],
  ['services/billing/use-cases/x.ts', `export default function run() {}`],
  ['services/billing/use-cases/x.ts', `const x = 1; export { x as default };`],
  ['services/billing/use-cases/x.ts', `console.log('here');`],
  ['services/billing/use-cases/x.ts', `enum Color { Red }`],
  ['services/billing/use-cases/x.ts', `class A { constructor(private readonly b: string) {} }`],
  ['services/billing/use-cases/x.ts', '\n'.repeat(300) + 'export {};'],
  ['services/billing/billing.service.ts', `if (1) throw new Error('x');`],
  ['oracle/pricing.ts', `import { roundHalfAway } from '../shared/kernel/money.ts';`],
  ['oracle/pricing.ts', `import dayjs from 'dayjs';`],
  ['demo/main.ts', `import { xActions } from '../shared/protocol/orders/actions.ts';`],
  ['demo/main.ts', `import { x } from '../services/orders/orders.deps.ts';`],
  ['demo/main.ts', `import { sql } from '../shared/persistence/sql.ts';`],
  ['web/src/app/x.ts', `import { page } from '../../../shared/protocol/schemas.ts';`],
  ['web/src/app/x.ts', `import type { Call } from '../../../shared/moleculer/call.ts';`],
  ['web/src/app/x.ts', `import fs from 'node:fs';`],
  ['services/gateway/x.ts', `import { api } from '../../web/src/app/api/client.ts';`],
  ['bench/x.ts', `import { api } from '../web/src/app/api/client.ts';`],
  ['test/unit/x.test.ts', `test.only('x', () => undefined);`],
])('in %s this is refused: %j', (file, source) => expect(violations(file, source)).toHaveLength(1));

test.each([
  ['shared/kernel/dates.ts', `import utc from 'dayjs/plugin/utc.js'; import { x } from './ids.ts';`],
  ['shared/runtime/start.ts', `import { HISTORIES } from '../../migrations/index.ts';`],
  ['services/billing/domain/vat.ts', `export const at = (text: string) => new Date(text); // Date.now() is not asked`],
  ['services/billing/domain/vat.ts', `import { z } from 'zod'; import { x } from './runs/x.ts';`],
  [
    'services/billing/use-cases/x.ts',
    `import { y } from '../domain/y.ts'; import { z } from '../../../shared/config.ts';`,
  ],
  ['services/billing/billing.service.ts', `export default async () => ({ name: 'billing' });`],
  ['demo/main.ts', `import { x } from '../oracle/oracle.ts'; console.log(x);`],
  ['web/src/app/x.ts', `import type { Page } from '../../../shared/protocol/schemas.ts'; import { z } from './y.ts';`],
  ['web/src/app/x.ts', `import { roundHalfAway } from '../../../shared/kernel/money.ts';`],
  ['services/billing/use-cases/x.ts', '\n'.repeat(299) + 'export {};'],
])('in %s this is allowed: %j', (file, source) => expect(violations(file, source)).toEqual([]));
