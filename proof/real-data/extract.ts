// Makes the extract that CI bills: `node proof/real-data/extract.ts online-retail.csv.gz`. The rule is said in
// test/scenario/data/README.md.
import { writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { stringify } from 'csv-stringify/sync';
import { dealt, rowsOf } from './deliveries.ts';

export const EXTRACT = new URL('../../test/scenario/data/online-retail-ten-months.csv.gz', import.meta.url);

/** One of so many parts of documents is kept. */
const EVERY = 32;
const MOST = 2 ** 32;

/** A part is what one merchant has in a document; rows of no merchant are a part of their own. */
const partOf = ([document = '', code = '']: readonly string[]): string =>
  `${document}/${/^\d{5}[A-Z]{0,2}$/i.test(code) ? code.slice(0, 3) : ''}`;

async function makeExtract(wholeFile: string): Promise<void> {
  const first = new Map<string, { part: string; lot: number }>();
  for await (const row of rowsOf(wholeFile)) {
    const part = partOf(row);
    const [, merchant] = part.split('/');
    if (!merchant || !/^\d+$/.test(row[0]!) || Number(row[3]) <= 0) continue;
    const month = `${merchant} ${row[4]!.slice(0, 7)}`;
    const lot = dealt(part, MOST);
    if (lot < (first.get(month)?.lot ?? MOST)) first.set(month, { part, lot });
  }
  const chosen = new Set([...first.values()].map(({ part }) => part));
  const rows: string[][] = [];
  for await (const row of rowsOf(wholeFile)) {
    const part = partOf(row);
    if (rows.length === 0 || chosen.has(part) || dealt(part, EVERY) === 0) rows.push(row);
  }
  await writeFile(EXTRACT, gzipSync(stringify(rows), { level: 9 }));
  console.log(`${rows.length - 1} rows, ${first.size} merchants and months`);
}

if (import.meta.main) {
  const [wholeFile] = process.argv.slice(2);
  if (!wholeFile) throw new Error('Name the data set: node proof/real-data/extract.ts online-retail.csv.gz');
  await makeExtract(wholeFile);
}
