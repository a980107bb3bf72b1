import { csvTable } from '../../../../shared/csv/write-table.ts';
import { firstDayOf, lastDayOf } from '../../../../shared/kernel/dates.ts';
import { NotFound } from '../../../../shared/kernel/errors.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import { assertSeesMerchant, isStaff, serviceActor, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { storageActions } from '../../../../shared/protocol/billing/storage-actions.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { chargesOfLine, evidenceOfMonth, type StorageEvidence } from '../../persistence/storage-evidence.ts';
import { countedEvidence } from './counted-evidence.ts';
import { countedSheet, storageSheet } from './storage-sheet.ts';

type Actions = typeof storageActions;
type Answer = OutputOf<Actions['getStorageEvidence']>;

/**
 * Every day, bin and SKU of a merchant and month (F7). A day without goods is a row of its own.
 * @throws NotFound for a merchant out of scope
 */
export async function getStorageEvidence(
  deps: BillingDeps,
  { id, month, language }: InputOf<Actions['getStorageEvidence']>,
  actor: Actor,
): Promise<Answer> {
  assertSeesMerchant(actor, id);
  const found = await read(deps, actor, (em) => evidenceOfMonth(em, id, firstDayOf(month), lastDayOf(month)));
  return answer(deps, language ? storageSheet(found, language) : csvOf(found, COLUMNS), `storage-${month}.csv`);
}

/**
 * The same behind one storage line of an invoice, by the charges that were written with it, and what of each place
 * counted for them.
 * @throws NotFound for a line that is none of storage, of another invoice, or of a draft that a merchant must not see
 */
export async function getLineStorageEvidence(
  deps: BillingDeps,
  { id, lineId, language }: InputOf<Actions['getLineStorageEvidence']>,
  actor: Actor,
): Promise<Answer> {
  const charges = await read(deps, actor, (em) => chargesOfLine(em, id, lineId, isStaff(actor)));
  if (!charges) throw new NotFound('storage line');
  // the share of a bin follows from what others have in it, of which nothing is shown
  const house = serviceActor('billing', actor.requestId);
  const found = await read(deps, house, (em) => countedEvidence(em, charges));
  const csv = language ? countedSheet(found, language) : csvOf(found, [...COLUMNS, ...COUNTED]);
  return answer(deps, csv, `storage-${lineId}.csv`);
}

const COLUMNS = [
  ...[
    'day',
    'warehouse',
    'bin',
    'sku',
    'storageType',
    'quantity',
    'volumeM3',
    'source',
    'reconstructed',
    'rebuiltFromDay',
  ],
  ...['movedPieces', 'snapshotId'],
];
const COUNTED = ['counted', 'unit', 'ageDaysOver', 'ageDaysUpTo', 'weight', 'weightOf', 'lineQuantity', 'chargeId'];

/** As programs read it. */
const csvOf = (found: readonly StorageEvidence[], columns: readonly string[]): Buffer =>
  csvTable(
    columns,
    found.map((row) => ({ ...row, reconstructed: row.source === 'reconstructed' ? 'yes' : 'no' })),
  );

async function answer(deps: BillingDeps, csv: Buffer, filename: string): Promise<Answer> {
  const { key } = await deps.store.putContent('evidence', csv, 'csv');
  return { objectKey: key, contentType: 'text/csv; charset=utf-8', filename, disposition: 'attachment' };
}
