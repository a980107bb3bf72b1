import { dayAfter } from '../../oracle/days.ts';
import { compute, type OracleResult } from '../../oracle/oracle.ts';
import { readInput } from '../../oracle/read-input.ts';
import type { OracleAccount } from '../../oracle/running-account.ts';
import type { TestDatabase } from '../../test/support/database.ts';
import { logIn, type Api } from '../../test/support/api.ts';
import type { Premises, ProductProcess } from '../../test/support/product.ts';
import { importFile, merchantsIn, untilCharged } from '../../test/support/real-file.ts';
import { baseCard, ownCards } from './cards.ts';
import { accountOfProduct, accountsOfOracle, billedByOracle, billedByProduct, differences } from './compare.ts';
import { cutIntoDeliveries, type Deliveries, type Delivery } from './deliveries.ts';
import { madeOf, oracleFacts, type Made } from './facts.ts';
import { FIRST_DAY, LAST_DAY, termsOf, type Terms } from './merchants.ts';
import { runCutOff } from './run.ts';
import { tellMade, type House } from './tell.ts';

/** Everything that both sides are told, and what the oracle makes of it. */
export interface Case {
  file: string;
  terms: Terms[];
  told: Deliveries;
  made: Made;
  oracle: OracleResult;
}

/** What one run came to, and where product and oracle differ. */
export interface Half {
  cutOff: string;
  /** of the delivery before it */
  orders: number;
  announcedReturns: number;
  otherRows: number;
  invoices: number;
  lines: number;
  grossMinor: number;
  /** running accounts compared */
  accounts: number;
  /** empty when everything agrees */
  differences: string[];
}

const WITHIN_MS = 3_600_000;

/** Reads a file, deals cards out and lets the oracle bill its ten months. @param folder  for the parts of the file */
export async function prepareCase(file: string, folder: string): Promise<Case> {
  const terms = termsOf(await merchantsIn(file));
  const told = await cutIntoDeliveries(file, folder);
  const { shipments } = await readInput(file);
  const made = madeOf(shipments, told, terms);
  const oracle = await compute({
    ...{ input: file, rateCard: baseCard(), cards: ownCards(), merchants: terms },
    ...{ facts: oracleFacts(made, told, terms), from: FIRST_DAY, to: LAST_DAY, withAccounts: true },
  });
  return { file, terms, told, made, oracle };
}

/** No price needs its paper, which takes longer than all the rest: documents wait until `releaseDocuments`. */
export const holdBackDocuments = ({ query }: TestDatabase): Promise<unknown> =>
  query(`alter table billing.invoice_document alter column next_at set default 'infinity'`);

/** Lets the documents of some cut-offs be made. */
export const releaseDocuments = ({ query }: TestDatabase, ...cutOffs: readonly string[]): Promise<unknown> =>
  query(
    `update billing.invoice_document set next_at = now()
     where invoice_id in (select i.id from billing.invoice i join billing.run r on r.id = i.run_id where r.cutoff = any($1))`,
    [cutOffs],
  );

export interface Running {
  premises: Premises;
  product: ProductProcess;
  ids: ReadonlyMap<string, string>;
}

/**
 * Lives through the ten months as a house would: on the evening of each cut-off the delivery comes in, on the morning
 * after it the run is drafted, approved and finalized. Everything is set beside the oracle at once.
 * @param looksAt  at which cut-offs the running accounts of all merchants are compared: those of a month end on its
 *   evening, those of a 15th when its run is done
 */
export async function* liveThrough(
  given: Case,
  running: Running,
  looksAt: (cutOff: string) => boolean,
): AsyncGenerator<Half> {
  let since = '';
  for (const delivery of given.told.deliveries) {
    yield await half(given, running, delivery, since, looksAt(delivery.cutOff));
    since = delivery.cutOff;
  }
}

async function half(
  { oracle, made }: Case,
  { premises: { database }, product, ids }: Running,
  { cutOff, file }: Delivery,
  since: string,
  looks: boolean,
): Promise<Half> {
  const houseAt = async (instant: string): Promise<House> => {
    await product.at(instant);
    return { database, ids, api: await logIn(product.url!, product.administrator!) };
  };
  const accounts = async (api: Api, when: OracleAccount['when']) =>
    looks && when === (cutOff.endsWith('-15') ? 'after' : 'before')
      ? await compareAccounts(api, ids, oracle, cutOff, when)
      : [];
  const evening = await houseAt(`${cutOff}T19:00:00Z`);
  const imported = file ? await importFile(evening.api, file, false, WITHIN_MS) : null;
  await tellMade(evening, made, cutOff, since);
  await untilCharged(database, WITHIN_MS);
  const before = await accounts(evening.api, 'before');
  const morning = await houseAt(`${dayAfter(cutOff)}T06:00:00Z`);
  const unfinished = await runCutOff(morning, cutOff);
  const billed = await billedByProduct(database, cutOff);
  const after = await accounts(morning.api, 'after');
  const invoices = oracle.invoices.filter((one) => one.cutOff === cutOff && one.state === 'issued');
  return {
    cutOff,
    orders: imported?.counts.orders.created ?? 0,
    announcedReturns: imported?.counts.returns.created ?? 0,
    otherRows: imported?.counts.rowsReported ?? 0,
    invoices: invoices.length,
    lines: invoices.reduce((sum, { lines }) => sum + lines.length, 0),
    grossMinor: invoices.reduce((sum, { gross }) => sum + Number(gross), 0),
    accounts: looks ? ids.size : 0,
    differences: [
      ...before.map((one) => `account before ${one}`),
      ...unfinished,
      ...differences(billed, billedByOracle(oracle.invoices, cutOff)),
      ...after.map((one) => `account after ${one}`),
    ],
  };
}

async function compareAccounts(
  api: Api,
  ids: ReadonlyMap<string, string>,
  { accounts }: OracleResult,
  cutOff: string,
  when: OracleAccount['when'],
): Promise<string[]> {
  const product: string[] = [];
  const left = [...ids];
  const ask = async () => {
    for (let next = left.pop(); next; next = left.pop()) product.push(...(await accountOfProduct(api, ...next)));
  };
  await Promise.all([ask(), ask(), ask(), ask()]);
  return differences(product, accountsOfOracle(accounts, cutOff, when));
}
