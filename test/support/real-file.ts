import { readFile } from 'node:fs/promises';
import { compute, type OracleResult } from '../../oracle/oracle.ts';
import type { RateCard } from '../../oracle/rate-card.ts';
import type { Api } from './api.ts';
import type { TestDatabase } from './database.ts';
import { setUpIssuer, setUpMerchant } from './fixtures.ts';
import { until } from './product.ts';

/** A merchant number of the documented profile: the first three characters of an article code. */
export type MerchantNumbers = readonly string[];

interface Documents {
  created: number;
  unchanged: number;
}

/** Counts of an import as the API tells them. */
export interface ImportView {
  id: string;
  state: 'queued' | 'running' | 'done' | 'failed';
  counts: { rowsImported: number; rowsReported: number; orders: Documents; returns: Documents; conflicts: number };
}

const RATE_CARD = new URL('../../demo/data/rate-card.json', import.meta.url);

/** What the oracle makes of a file, with all its merchants taxed at home. */
export async function askOracle(
  file: string,
  numbers: MerchantNumbers,
  from: string,
  to: string,
): Promise<OracleResult> {
  const rateCard = JSON.parse(await readFile(RATE_CARD, 'utf8')) as RateCard;
  const merchants = numbers.map((number) => ({
    number,
    name: `Merchant ${number}`,
    taxTreatment: 'domestic' as const,
    softwareFee: false,
  }));
  return compute({ input: file, rateCard, merchants, from, to });
}

/** The merchants that a file names, found by the oracle. */
export async function merchantsIn(file: string): Promise<MerchantNumbers> {
  return (await askOracle(file, [], '2011-01-15', '2011-01-15')).unknownMerchants;
}

/** Issuer, price list and one merchant per number, under contract since before the file begins. */
export async function setUpMerchants(api: Api, numbers: MerchantNumbers): Promise<void> {
  await setUpIssuer(api, '2012-01-01');
  for (const number of numbers)
    await setUpMerchant(api, { number, name: `Merchant ${number}`, contract: { startsOn: '2010-12-01' } });
}

/** Sends the file in and follows its progress to the end. */
export async function importFile(api: Api, file: string, dryRun = false, withinMs = 120_000): Promise<ImportView> {
  const bytes = await readFile(file);
  const { id } = await api.upload<{ id: string }>(
    '/imports',
    { profile: 'online-retail', dryRun: String(dryRun) },
    { bytes, name: 'online-retail.csv.gz', type: 'application/gzip' },
  );
  const view = await until(
    'the import',
    async () => {
      const found = await api.get<ImportView>(`/imports/${id}`);
      return ['done', 'failed'].includes(found.state) && found;
    },
    withinMs,
  );
  if (view.state === 'failed') throw new Error(`The import failed: ${JSON.stringify(view)}`);
  return view;
}

/** Waits until every delivery of billing is done. */
export const untilCharged = (database: TestDatabase, withinMs = 120_000): Promise<unknown> =>
  until(
    'all charges',
    async () =>
      !(
        await database.query(
          `select 1 from messaging.delivery where consumer like 'billing.%' and done_at is null limit 1`,
        )
      ).length,
    withinMs,
  );

/** Count and quantity of each charge type of each merchant, in the oracle's order of words. */
export async function storedCharges(database: TestDatabase): Promise<OracleResult['charges']> {
  const rows = await database.query<{ merchant: string; chargeType: string; count: string; quantity: string }>(
    `select m.number as merchant, c.charge_type as "chargeType", count(*) as count, trim_scale(sum(c.quantity))::text as quantity
     from billing.charge c join billing.merchant_ref m on m.merchant_id = c.merchant_id where c.state = 'accrued' group by 1, 2`,
  );
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** Both sides of a comparison in the same order. */
export const inOrder = (charges: OracleResult['charges']): string[] =>
  charges
    .map(({ merchant, chargeType, count, quantity }) => `${merchant} ${chargeType} ${count} ${quantity}`)
    .toSorted();
