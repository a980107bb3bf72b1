import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createGunzip, gzipSync } from 'node:zlib';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';

/**
 * Makes the sample of the demo from the whole data set by the rule in README.md:
 * `node_modules/.bin/node demo/data/make-sample.ts online-retail.csv.gz`
 */
export const SAMPLE_MONTH = '2011-02';
export const SAMPLE_MERCHANTS = ['150', '211', '475', '481', '824', '825', '843', '845', '847', '848', '850', '851'];
export const SAMPLE_FILE = new URL('online-retail-2011-02-sample.csv.gz', import.meta.url);

const ARTICLE_CODE = /^\d{5}[A-Z]{0,2}$/;

/** The rule: rows of the month that belong to one of the twelve merchants or to none at all. */
export function belongsToSample([, code = '', , , time = '']: readonly string[]): boolean {
  const article = code.toUpperCase();
  return (
    time.startsWith(SAMPLE_MONTH) && (!ARTICLE_CODE.test(article) || SAMPLE_MERCHANTS.includes(article.slice(0, 3)))
  );
}

async function makeSample(wholeFile: string): Promise<void> {
  const rows: string[][] = [];
  for await (const row of createReadStream(wholeFile).pipe(createGunzip()).pipe(parse())) {
    if (rows.length === 0 || belongsToSample(row as string[])) rows.push(row as string[]);
  }
  await writeFile(SAMPLE_FILE, gzipSync(stringify(rows), { level: 9 }));
  console.log(`${rows.length - 1} rows written`);
}

if (import.meta.main) {
  const [wholeFile] = process.argv.slice(2);
  if (!wholeFile) throw new Error('Name the data set: node demo/data/make-sample.ts online-retail.csv.gz');
  await makeSample(wholeFile);
}
