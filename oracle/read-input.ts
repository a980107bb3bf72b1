import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { COUNTRIES } from './countries.ts';
import { monthsBetween, shiftMonths } from './days.ts';
import type { DateShift, Facts, Shipment } from './facts.ts';

const GRAMS_PER_PIECE = 250;
const HEAD = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

/** What the file holds, counted as the documented profile says. */
export interface FileContent {
  shipments: Shipment[];
  orderLines: number;
  returnLines: number;
  announcedReturns: number;
  otherLines: number;
}

/**
 * Reads an Online Retail file, plain or gzip, under the documented rules: numeric document and quantity above 0 is
 * an order line, document with C and quantity below 0 a line of an announced return, anything else is left aside.
 * One shipment per document and merchant (first three characters of the article code) at its first line's time.
 */
export async function readInput(
  path: string,
  { dateShift: shift, lateDocuments = {} }: Pick<Facts, 'dateShift' | 'lateDocuments'> = {},
): Promise<FileContent> {
  const orders = new Map<string, Shipment>();
  const returns = new Set<string>();
  const content: FileContent = { shipments: [], orderLines: 0, returnLines: 0, announcedReturns: 0, otherLines: 0 };
  for await (const [document, code, , quantity, time, , , country] of records(path)) {
    const merchant = /^\d{5}[A-Z]{0,2}$/.test(code!.trim().toUpperCase()) ? code!.trim().slice(0, 3) : null;
    const pieces = Number(quantity);
    if (merchant && pieces > 0 && /^\d+$/.test(document!)) {
      content.orderLines += 1;
      addPieces(orders, `${document}/${merchant}`, merchant, pieces, berlinDay(time!, shift), country!);
    } else if (merchant && pieces < 0 && /^C\d+$/.test(document!)) {
      content.returnLines += 1;
      returns.add(`${document}/${merchant}`);
    } else content.otherLines += 1;
  }
  content.shipments = [...orders.values()].map((shipment) => {
    const knownOn = lateDocuments[shipment.reference.split('/')[0]!];
    return knownOn === undefined ? shipment : { ...shipment, knownOn };
  });
  content.announcedReturns = returns.size;
  return content;
}

function addPieces(
  orders: Map<string, Shipment>,
  reference: string,
  merchant: string,
  pieces: number,
  shippedOn: string,
  countryName: string,
): void {
  const known = orders.get(reference);
  const country = COUNTRIES[countryName];
  if (!country) throw new Error(`The country "${countryName}" is not documented`);
  if (!known)
    orders.set(reference, {
      ...{ merchant, reference, shippedOn, country, pieces, lines: 1, weightGrams: pieces * GRAMS_PER_PIECE },
    });
  else {
    known.lines! += 1;
    known.pieces += pieces;
    known.weightGrams += pieces * GRAMS_PER_PIECE;
  }
}

/**
 * The day in Berlin of a time in London. Both change their clocks at the same instant (01:00 UTC), so Berlin is one
 * hour ahead on every day of the year and no table of zones is needed.
 */
export function berlinDay(londonTime: string, shift?: DateShift): string {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d):\d\d:\d\d$/.exec(londonTime);
  if (!parts) throw new Error(`"${londonTime}" is not a time of the documented form`);
  const day = shift ? shiftMonths(parts[1]!, monthsBetween(shift.from, shift.to)) : parts[1]!;
  return parts[2] === '23' ? new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10) : day;
}

async function* records(path: string): AsyncGenerator<string[]> {
  let rest = '';
  let head = true;
  for await (const chunk of await textOf(path)) {
    const text = rest + chunk;
    // a record may hold line breaks inside quotes: only a break after an even number of quotes ends it
    let start = 0;
    let inQuotes = false;
    for (let at = 0; at < text.length; at++) {
      const sign = text[at];
      if (sign === '"') inQuotes = !inQuotes;
      else if (sign === '\n' && !inQuotes) {
        const record = text.slice(start, at).replace(/\r$/, '');
        start = at + 1;
        if (!head) yield cells(record);
        else if (record.replace(/^\ufeff/, '') !== HEAD)
          throw new Error('The head of the file is not the documented one');
        head = false;
      }
    }
    rest = text.slice(start);
  }
  if (rest !== '') yield cells(rest);
}

function cells(record: string): string[] {
  if (!record.includes('"')) return record.split(',');
  return [...`${record},`.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*)),/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

async function textOf(path: string): Promise<AsyncIterable<string>> {
  const file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
  await file.close();
  const bytes = createReadStream(path);
  return (buffer.readUInt16BE(0) === 0x1f8b ? bytes.pipe(createGunzip()) : bytes).setEncoding('utf8');
}
