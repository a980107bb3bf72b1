import { InvalidInput, invalidField, type FieldError } from '../../../../shared/kernel/errors.ts';
import { fieldErrors } from '../../../../shared/moleculer/actions.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { pricingActions } from '../../../../shared/protocol/billing/pricing-actions.ts';
import { snapshot, type SnapshotInput } from '../../../../shared/protocol/billing/pricing-views.ts';
import { takingUpload } from '../../../../shared/storage/taken-upload.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { readSnapshotCsv, type CsvDay } from './snapshot-csv.ts';
import { recordStorageSnapshots, type Recorded } from './record-storage-snapshots.ts';

const MOST_ERRORS = 100;

/**
 * The same as the bulk request, from a CSV file. A line that names a merchant and a day and nothing else is an empty
 * warehouse. Faults are told by line, at most 100 of them; one is enough for nothing to be stored.
 * @throws AppError 403 for an API key of a merchant; InvalidInput
 */
export function importStorageSnapshots(
  deps: BillingDeps,
  { file, warehouse }: InputOf<typeof pricingActions.importStorageSnapshots>,
  actor: Actor,
): Promise<Recorded> {
  return takingUpload(deps, file, async () => {
    assertHouse(actor);
    const days = readSnapshotCsv(decode(await deps.store.read(file.uploadKey)));
    const errors: FieldError[] = [];
    const snapshots = days.flatMap((day) => checked(day, warehouse, errors));
    if (errors.length) throw new InvalidInput(errors.toSorted(byLine).slice(0, MOST_ERRORS));
    return await recordStorageSnapshots(
      deps,
      { snapshots },
      actor,
      'csv',
      (index) => `lines.${days[index]!.firstLine}`,
    );
  });
}

/** The day by the schema of the bulk request; its errors point to lines of the file. */
function checked(
  { merchantNumber, day, lines, firstLine }: CsvDay,
  warehouse: string,
  errors: FieldError[],
): SnapshotInput[] {
  const parsed = snapshot.safeParse({ merchantNumber, day, warehouse, lines: lines.map(({ cells }) => cells) });
  if (parsed.success) return [parsed.data];
  errors.push(
    ...parsed.error.issues.flatMap(fieldErrors).map((error) => {
      const [, index, column] = /^lines\.(\d+)\.?(.*)$/.exec(error.path) ?? [];
      const line = index === undefined ? firstLine : lines[Number(index)]!.line;
      return { ...error, path: `lines.${line}.${column ?? COLUMN_OF[error.path] ?? error.path}` };
    }),
  );
  return [];
}

const COLUMN_OF: Record<string, string> = { merchantNumber: 'merchant' };

const byLine = (left: FieldError, right: FieldError): number => lineOf(left) - lineOf(right);
const lineOf = ({ path }: FieldError): number => Number(path.split('.')[1]);

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalidField('file', 'NOT_UTF8', 'The file is not UTF-8 text');
  }
}
