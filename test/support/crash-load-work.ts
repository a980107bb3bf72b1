import type { Chance } from '../../demo/chance.ts';
import type { InspectedReturn, SpecialJob, StorageSnapshot } from '../../oracle/facts.ts';
import { eachDay } from '../../shared/kernel/dates.ts';
import type { Attempt, LoadedMerchant, Period } from './crash-load.ts';

/** What comes in beside orders, as the oracle is told of it. */
export interface OtherWork {
  returns: InspectedReturn[];
  specialJobs: SpecialJob[];
  storageSnapshots: StorageSnapshot[];
}

interface Sender {
  chance: Chance;
  merchants: readonly LoadedMerchant[];
  attempt: Attempt;
}

/** A parcel that nobody took comes back, or a job is done; in turn. */
export async function otherWork(
  { chance, merchants, attempt, today }: Sender & { today: string },
  period: Period,
  turn: number,
  others: OtherWork,
): Promise<void> {
  const merchant = merchants[chance.whole(0, merchants.length - 1)]!;
  const reference = `${merchant.number}-other-${turn}`;
  if (others.returns.length < others.specialJobs.length) {
    others.returns.push({ ...returned(merchant, reference), receivedOn: today });
    await comeBack(attempt, merchant, reference);
    return;
  }
  const days = eachDay(period.from, period.to);
  const signedOffOn = days[chance.whole(0, days.length - 1)]!;
  const quantity = String(chance.whole(5, 240));
  others.specialJobs.push({ merchant: merchant.number, reference, signedOffOn, quantity, unit: 'minute' });
  await doJob(attempt, merchant, { reference, signedOffOn, quantity });
}

/** Stock of every day of a period, for those who pay for it. */
export async function recordStock(
  { chance, merchants, attempt }: Sender,
  { from, to }: Period,
  { storageSnapshots }: OtherWork,
): Promise<void> {
  for (const { id: merchantId, number } of merchants.filter(({ hasStock }) => hasStock)) {
    const days = eachDay(from, to).map((day) => ({ day, bins: chance.whole(1, 9) }));
    for (const { day, bins } of days) storageSnapshots.push({ merchant: number, date: day, quantity: String(bins) });
    const snapshots = days.map(({ day, bins }) => ({
      ...{ merchantId, day },
      lines: Array.from({ length: bins }, (_, bin) => ({ bin: `A-${bin}`, sku: 'SKU-1', quantity: '12' })),
    }));
    await attempt((api, headers) => api.post('/storage-snapshots', { snapshots }, headers), `stock ${number} ${from}`);
  }
}

const returned = ({ number }: LoadedMerchant, reference: string) => ({
  ...{ merchant: number, reference, kind: 'undeliverable' as const },
  ...{ pieces: 0, hasPhotos: false, restocked: 0, disposed: 0 },
});

async function comeBack(attempt: Attempt, { id: merchantId }: LoadedMerchant, reference: string): Promise<void> {
  const parcel = { merchantId, kind: 'undeliverable', externalNumber: reference };
  const { id } = await attempt((api, headers) => api.post('/returns', parcel, headers), `return ${reference}`);
  await attempt((api, headers) => api.post(`/returns/${id}/receive`, {}, headers), `receipt ${reference}`);
}

async function doJob(
  attempt: Attempt,
  { id: merchantId }: LoadedMerchant,
  { reference, signedOffOn, quantity }: { reference: string; signedOffOn: string; quantity: string },
): Promise<void> {
  const job = { merchantId, code: 'relabel', description: reference, unit: 'minute', quantity };
  const { id } = await attempt((api, headers) => api.post('/special-jobs', job, headers), `job ${reference}`);
  await attempt(
    (api, headers) => api.post(`/special-jobs/${id}/sign-off`, { signedOffOn }, headers),
    `sign-off ${reference}`,
  );
}
