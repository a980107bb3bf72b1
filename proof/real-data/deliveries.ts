import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createGunzip, gzipSync } from 'node:zlib';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { cutOffs } from '../../oracle/days.ts';
import { berlinDay } from '../../oracle/read-input.ts';
import { FIRST_DAY, LAST_DAY } from './merchants.ts';

/** What is told on the evening of a cut-off: the documents since the one before, and some that were left lying. */
export interface Delivery {
  cutOff: string;
  /** absent where nothing came */
  file: string | null;
}

export interface Deliveries {
  deliveries: Delivery[];
  /** Documents told later than their day, and when. */
  lateDocuments: Record<string, string>;
  /** The day on which each document of the file is told. */
  toldOn: ReadonlyMap<string, string>;
  /** Pieces that left, by merchant and article. */
  outgoing: Outgoing[];
}

export interface Outgoing {
  merchant: string;
  article: string;
  day: string;
  pieces: number;
}

/** A whole number below `below`, the same for the same text everywhere. */
export const dealt = (text: string, below: number): number =>
  createHash('sha256').update(text).digest().readUInt32BE(0) % below;

/** Of a hundred documents two come with the next delivery, one three later, and of a thousand two too late to be billed. */
function lateBy(document: string): number {
  const lot = dealt(document, 1_000);
  if (lot < 20) return 1;
  if (lot < 30) return 3;
  return lot < 32 ? 8 : 0;
}

/** Cuts a file into what is told at each of its cut-offs; a document is never torn. @param folder  for the parts */
export async function cutIntoDeliveries(file: string, folder: string): Promise<Deliveries> {
  const days = cutOffs(FIRST_DAY, LAST_DAY);
  const parts: string[][][] = days.map(() => []);
  const [toldOn, lateDocuments, outgoing] = [new Map<string, string>(), {} as Record<string, string>, [] as Outgoing[]];
  let head: string[] | undefined;
  for await (const row of rowsOf(file)) {
    if (!head) {
      head = row;
      continue;
    }
    const [document, code, , quantity, time] = row as [string, string, string, string, string];
    const day = berlinDay(time);
    if (!toldOn.has(document)) {
      const own = days.findIndex((cutOff) => day <= cutOff);
      const at = Math.min(own + lateBy(document), days.length - 1);
      toldOn.set(document, days[at]!);
      if (at > own) lateDocuments[document] = days[at]!;
    }
    parts[days.indexOf(toldOn.get(document)!)]!.push(row);
    if (/^\d{5}[A-Z]{0,2}$/i.test(code) && /^\d+$/.test(document) && Number(quantity) > 0)
      outgoing.push({ merchant: code.slice(0, 3), article: code.toUpperCase(), day, pieces: Number(quantity) });
  }
  const deliveries = await Promise.all(
    days.map(async (cutOff, index): Promise<Delivery> => {
      if (!parts[index]!.length) return { cutOff, file: null };
      const part = path.join(folder, `${cutOff}.csv.gz`);
      await writeFile(part, gzipSync(stringify([head!, ...parts[index]!]), { level: 1 }));
      return { cutOff, file: part };
    }),
  );
  return { deliveries, lateDocuments, toldOn, outgoing };
}

/** Rows of a gzipped CSV file with their cells, the head first. */
export const rowsOf = (file: string): AsyncIterable<string[]> =>
  createReadStream(file).pipe(createGunzip()).pipe(parse());
