import fs from 'node:fs';
import path from 'node:path';
import { compute } from '../oracle/oracle.ts';
import { issuedInvoices, type IssuedInvoice } from './billing.ts';
import { dayOf, daysOf } from './calendar.ts';
import { factsOf, photosOf } from './facts.ts';
import { handWork } from './hand-work.ts';
import { demoRateCard } from './merchants.ts';
import { until } from './parallel.ts';
import { invoiceTable, monthName } from './summary.ts';
import { differences } from './verdict.ts';
import { LOG_INS, type Role, type World } from './world.ts';

/** Saves the PDF of every invoice under a name that a person finds. */
export async function saveInvoices(world: World, done: (count: number, of: number) => void): Promise<IssuedInvoice[]> {
  const folder = path.join(world.dataDir, 'invoices');
  fs.mkdirSync(folder, { recursive: true });
  const invoices = await issuedInvoices(world);
  for (const [index, { id, number, cutoff, merchantNumber, merchantName }] of invoices.entries()) {
    const pdf = await world.as.finance.download(`/invoices/${id}/document.pdf`);
    const name = `${cutoff} ${merchantNumber} ${merchantName} ${number}.pdf`.replaceAll(/[^\p{L}\p{N} .,&()_-]/gu, '_');
    fs.writeFileSync(path.join(folder, name), pdf);
    done(index + 1, invoices.length);
  }
  return invoices;
}

/** Lets the oracle work everything out again. @returns where it and the product differ, in words */
export async function askOracle(
  world: World,
  sampleFile: string,
  invoices: readonly IssuedInvoice[],
): Promise<string[]> {
  const facts = factsOf({ ...world, returns: world.planned, byHand: handWork(world.month) });
  fs.writeFileSync(path.join(path.dirname(sampleFile), 'facts.json'), JSON.stringify(facts, null, 1));
  const result = await compute({
    input: sampleFile,
    rateCard: demoRateCard(),
    merchants: [...world.merchants],
    facts,
    from: dayOf(world.month, 1),
    to: daysOf(world.month).at(-1)!,
  });
  return differences(result, invoices);
}

interface Message {
  kind: string;
  state: string;
}

/** Waits until no mail is on its way any more. @throws Error when one was given up */
export async function allMails({ as }: World): Promise<number> {
  const messages = await until('the mails', async () => {
    const all = await as.admin.list<Message>('/messages');
    return all.some(({ state }) => state === 'queued' || state === 'sending') ? undefined : all;
  });
  const lost = messages.filter(({ state }) => state !== 'sent');
  if (lost.length) throw new Error(`${lost.length} mails could not be written`);
  return messages.length;
}

export interface Ending {
  invoices: readonly IssuedInvoice[];
  mails: number;
  differences: readonly string[];
  seconds: number;
  /** `npm start -- --demo` opens it; another one has to be named. */
  isDefaultFolder: boolean;
  /** Where it is opened then. */
  address: string;
  columns: number;
}

/** The last page of the demo. */
export async function ending(world: World, { invoices, mails, ...rest }: Ending): Promise<string> {
  const { dataDir, batches, sample, month, planned, merchants } = world;
  const photos = planned.reduce((sum, parcel) => sum + photosOf(parcel), 0);
  const relative = path.relative(process.cwd(), dataDir);
  const here = relative.startsWith('..') ? dataDir : relative;
  return [
    '',
    `${monthName(month)} ${month.slice(0, 4)}: ${merchants.length} merchants, the runs of the 15th and of month end`,
    '',
    invoiceTable(invoices, rest.columns),
    '',
    line(
      'Done',
      `${count(sample.orders.length)} orders shipped, ${planned.length} returns taken in with ${photos} photos,`,
    ),
    line(
      '',
      `${batches.length} batches sent back, ${invoices.length} invoices, ${mails} mails, in ${rest.seconds} seconds`,
    ),
    line('Since then', world.waiting),
    line('', world.leftOpen),
    line('Invoices', `${here}/invoices/*.pdf`),
    line('Mails', `${here}/mail/*.eml, with photos and attachments; or read them at /mail`),
    line('Input', `${here}/input: the file that was imported, and the facts the oracle was told`),
    '',
    verdict(rest.differences, invoices.length),
    '',
    ...logIns(rest.isDefaultFolder ? 'npm start -- --demo' : `KONTOR_DATA_DIR='${dataDir}' npm start`, rest.address),
    '',
  ].join('\n');
}

const line = (name: string, text: string): string => `  ${name.padEnd(12)}${text}`;

/** How to look at all of it in the browser, and what is worth a look first. */
const logIns = (command: string, address: string): string[] => [
  `Open the app:  ${command}    then ${address}`,
  ...Object.values(LOG_INS).map(({ email, password, may }) => `  ${email.padEnd(28)}${password.padEnd(22)}${may}`),
  '',
  'Try first',
  `  As ${firstName('merchant')}: decide on the damaged goods with their photos, then see what came back and what it cost`,
  `  As ${firstName('worker')}: type HZ-R-1003 as a scanner would, take the parcel in, grade and photograph what is in it`,
  `  As ${firstName('finance')}: approve the run of the 15th, see the preview of the next one, and open a charge to read why it costs what it costs`,
];

const firstName = (role: Role): string => LOG_INS[role].name.split(' ')[0]!;

const count = (number: number): string => number.toLocaleString('en-GB');

function verdict(found: readonly string[], invoices: number): string {
  if (!found.length) return `The oracle agrees: ${invoices} invoices, every total right to the cent.`;
  return ['The oracle disagrees:', ...found.map((difference) => `  ${difference}`)].join('\n');
}
