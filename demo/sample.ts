import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

/** The goods of one document that belong to one merchant: a parcel that went out, or one that is announced. */
export interface SampleDocument {
  /** `542777`, or `C542787` of an announced return */
  number: string;
  merchant: string;
  /** `YYYY-MM-DD` in the file */
  day: string;
  customer: string;
  lines: { sku: string; name: string; pieces: number }[];
}

export interface Sample {
  head: string[];
  rows: string[][];
  orders: SampleDocument[];
  announced: SampleDocument[];
}

const ARTICLE = /^\d{5}[A-Z]{0,2}$/;

/** Reads the file as the people in the warehouse know it: by what lies in the parcels. @param file  gzip */
export function readSample(file: Buffer): Sample {
  const [head = [], ...rows] = parse(gunzipSync(file)) as string[][];
  const orders = new Map<string, SampleDocument>();
  const announced = new Map<string, SampleDocument>();
  for (const [number = '', code = '', name = '', quantity = '', time = '', , customer = ''] of rows) {
    const sku = code.toUpperCase();
    const pieces = Number(quantity);
    const known = /^\d+$/.test(number) && pieces > 0 ? orders : /^C\d+$/.test(number) && pieces < 0 ? announced : null;
    if (!known || !ARTICLE.test(sku)) continue;
    const merchant = sku.slice(0, 3);
    const key = `${number}/${merchant}`;
    const document = known.get(key) ?? { number, merchant, day: time.slice(0, 10), customer, lines: [] };
    document.lines.push({ sku, name: name.trim(), pieces: Math.abs(pieces) });
    known.set(key, document);
  }
  return { head, rows, orders: [...orders.values()], announced: [...announced.values()] };
}

/** The rows of some days as a file of their own. @returns CSV */
export function rowsOf({ head, rows }: Sample, from: string, to: string): string {
  const day = (row: string[]) => (row[4] ?? '').slice(0, 10);
  return stringify([head, ...rows.filter((row) => day(row) >= from && day(row) <= to)]);
}
