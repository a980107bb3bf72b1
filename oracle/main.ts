import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Facts, OracleMerchant } from './facts.ts';
import { compute } from './oracle.ts';
import { resultJson, resultText } from './print.ts';
import type { RateCard } from './rate-card.ts';

const USAGE =
  'node oracle/main.ts [--input file.csv.gz] --rate-card card.json --merchants merchants.json [--facts facts.json] --from YYYY-MM-DD --to YYYY-MM-DD [--json]';

const { values } = parseArgs({
  options: {
    input: { type: 'string' },
    'rate-card': { type: 'string' },
    merchants: { type: 'string' },
    facts: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    json: { type: 'boolean', default: false },
    text: { type: 'boolean', default: false },
  },
});

const json = async <T>(path: string): Promise<T> => JSON.parse(await readFile(path, 'utf8')) as T;

const { input, facts, merchants: merchantsPath, from, to, 'rate-card': cardPath } = values;
if (!cardPath || !merchantsPath || !from || !to) {
  console.error(USAGE);
  process.exit(2);
}
const merchants = await json<OracleMerchant[]>(merchantsPath);
const result = await compute({
  ...(input === undefined ? {} : { input }),
  rateCard: await json<RateCard>(cardPath),
  merchants,
  facts: facts === undefined ? {} : await json<Facts>(facts),
  from,
  to,
});
const names = new Map(merchants.map(({ number, name }) => [number, name ?? '']));
console.log(values.json ? resultJson(result) : resultText(result, names));
process.exitCode = result.unrated.length > 0 ? 1 : 0;
