import { readFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { SAMPLE_FILE, SAMPLE_MONTH } from './make-sample.ts';

const TIME = new RegExp(`,${SAMPLE_MONTH}(-\\d\\d \\d\\d:\\d\\d:\\d\\d),`, 'g');

/**
 * The sample with its times moved into another month, the day and the clock kept. February was taken because each
 * of its days exists in every month.
 * @param month  `YYYY-MM`
 * @returns a gzip file
 */
export async function shiftedSample(month: string): Promise<Buffer> {
  if (!/^2\d{3}-(0[1-9]|1[0-2])$/.test(month)) throw new RangeError(`Not a month: ${month.slice(0, 20)}`);
  const text = gunzipSync(await readFile(SAMPLE_FILE)).toString('utf8');
  return gzipSync(text.replace(TIME, `,${month}$1,`));
}
