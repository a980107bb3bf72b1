import { createHash } from 'node:crypto';
import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { formatMicros, parseMicros } from '../../../../shared/kernel/decimal.ts';
import { InvalidInput, RuleViolation, type FieldError } from '../../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../../shared/kernel/ids.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { pricingActions } from '../../../../shared/protocol/billing/pricing-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import type { StorageLine } from '../../domain/storage/storage-day.ts';
import {
  findHeaders,
  insertHeaders,
  insertLines,
  sourcesOfDays,
  type DaySource,
  type NewSnapshot,
} from '../../persistence/storage.ts';
import { openMeasuring } from './measure-new-days.ts';
import { assertContracts, namedMerchants } from './storage-merchants.ts';

export type Recorded = { recorded: number; unchanged: number };

/** Where a snapshot of the bulk request stands. */
export const snapshotPath = (index: number): string => `snapshots.${index}`;

/**
 * Stores stock at the start of days with its charges, all of the request or nothing. A day is recorded once: the
 * same content again is left alone, other content is refused (F1, F9).
 * @param source  how it came: `api` or `csv`
 * @throws AppError 403 for an API key of a merchant, who would write its own bill;
 *   InvalidInput for unknown merchants, days to come, days without contract, a day named twice;
 *   RuleViolation when a day is recorded with other content, or its stock comes from the ledger
 */
export async function recordStorageSnapshots(
  deps: BillingDeps,
  { snapshots }: InputOf<typeof pricingActions.recordStorageSnapshots>,
  actor: Actor,
  source = 'api',
  pathOf: (index: number) => string = snapshotPath,
): Promise<Recorded> {
  assertHouse(actor);
  const today = localDateOf(deps.now(), deps.config.KONTOR_ZONE);
  const late: FieldError[] = snapshots.flatMap(({ day }, index) =>
    day > today ? { path: `${pathOf(index)}.day`, code: 'DAY_IN_FUTURE', message: `${day} has not come yet` } : [],
  );
  if (late.length) throw new InvalidInput(late.slice(0, 100));
  const merchantIds = await namedMerchants(deps, snapshots, actor, pathOf);
  const days = snapshots.map(({ warehouse, day, lines }, index) => ({
    merchantId: merchantIds[index]!,
    warehouse,
    day,
    lines,
  }));
  refuseRepeated(days, pathOf);
  await assertContracts(deps, days, actor, pathOf);
  return storeSnapshots(deps, days, actor, source, (recorded) => recorded);
}

/**
 * Days that were checked, with their charges, in one transaction.
 * @param answerOf  the answer of the action, which is what a repeated request gets
 */
export function storeSnapshots<Answer>(
  deps: BillingDeps,
  snapshots: readonly Omit<NewSnapshot, 'id' | 'contentHash'>[],
  actor: Actor,
  source: string,
  answerOf: (recorded: Recorded) => Answer,
): Promise<Answer> {
  const days = snapshots.map((day) => ({ ...day, id: uuidv7(deps.now()), contentHash: contentHash(day.lines) }));
  return transact(deps, actor, async (em, _announce, audit, changed) => {
    const answer = await store(deps, em, days, { source, by: `${actor.kind}:${actor.id}`, at: deps.now() });
    const merchantIds = [...new Set(days.map(({ merchantId }) => merchantId))];
    const [only, ...others] = merchantIds;
    if (answer.recorded)
      audit({
        action: source === 'reconstructed' ? 'storage-snapshots.reconstructed' : 'storage-snapshots.recorded',
        entity: 'storageSnapshot',
        entityId: days[0]!.id,
        merchantId: others.length ? null : only!,
        after: { ...answer, source },
      });
    // the row of many merchants is the house's; each of them is told of its own
    if (answer.recorded && others.length)
      for (const merchantId of merchantIds) changed({ topic: 'storage-snapshots', merchantId });
    return answerOf(answer);
  });
}

async function store(
  deps: BillingDeps,
  em: EntityManager,
  days: readonly NewSnapshot[],
  origin: { source: string; by: string; at: Date },
): Promise<Recorded> {
  const measuring = await openMeasuring(em, days);
  const sources = await sourcesOfDays(em, days);
  const inserted = await insertHeaders(em, days, origin);
  const isNew = ({ id }: NewSnapshot) => inserted.has(id);
  await refuseChanged(
    em,
    days.filter((day) => !isNew(day)),
  );
  days.forEach((day, index) => {
    if (isNew(day)) refuseSecondSource(day, sources[index]!, origin.source);
  });
  const fresh = days.filter(isNew);
  await insertLines(em, fresh);
  await measuring.charge(
    deps,
    fresh.map(({ id: headerId, ...day }) => ({ ...day, headerId, source: origin.source })),
  );
  return { recorded: fresh.length, unchanged: days.length - fresh.length };
}

/** Evidence is immutable: what is there must be what was sent. */
async function refuseChanged(em: EntityManager, days: readonly NewSnapshot[]): Promise<void> {
  if (!days.length) return;
  const recorded = await findHeaders(em, days);
  days.forEach(({ merchantId, warehouse, day, contentHash: hash }, index) => {
    const existing = recorded[index]!;
    if (existing.contentHash !== hash)
      throw new RuleViolation(
        'SNAPSHOT_DIFFERS',
        `${day} is recorded for this merchant and warehouse with other content (from ${existing.source})`,
        { merchantId, warehouse, day, source: existing.source },
      );
  });
}

/**
 * The ledger tells of all stock of a merchant at once, so a day is its own or that of others, whatever their warehouses
 * are called. Nobody changes the contract meanwhile: whoever measures holds the book.
 */
export function refuseSecondSource(
  { merchantId, warehouse, day }: Pick<NewSnapshot, 'merchantId' | 'warehouse' | 'day'>,
  has: DaySource,
  given: string,
): void {
  if ((has === 'ledger') === (given === 'ledger')) return;
  throw new RuleViolation('SNAPSHOT_OF_OTHER_SOURCE', `The stock of ${day} comes from another source: ${has}`, {
    ...{ merchantId, warehouse, day, source: has },
  });
}

function refuseRepeated(
  days: readonly Omit<NewSnapshot, 'id' | 'contentHash'>[],
  pathOf: (index: number) => string,
): void {
  const keys = days.map(({ merchantId, warehouse, day }) => JSON.stringify([merchantId, warehouse, day]));
  const seen = new Set<string>();
  const errors: FieldError[] = [];
  keys.forEach((key, index) => {
    if (seen.has(key))
      errors.push({
        path: pathOf(index),
        code: 'DAY_REPEATED',
        message: `${days[index]!.day} stands twice for this merchant and warehouse`,
      });
    seen.add(key);
  });
  if (errors.length) throw new InvalidInput(errors.slice(0, 100));
}

/** The same stock has the same hash, whatever the order of its lines and however its decimals are written. */
function contentHash(lines: readonly StorageLine[]): string {
  const plain = (decimal: string | null) => decimal && formatMicros(parseMicros(decimal));
  const sorted = lines
    .map(({ bin, sku, storageType, quantity, volumeM3 }) =>
      JSON.stringify([bin, sku, storageType, plain(quantity), plain(volumeM3)]),
    )
    .toSorted();
  return createHash('sha256').update(sorted.join('\n')).digest('hex');
}
