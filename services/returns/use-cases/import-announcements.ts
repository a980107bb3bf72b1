import { createHash } from 'node:crypto';
import { AppError, invalidField, RuleViolation } from '../../../shared/kernel/errors.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { read, transact } from '../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';
import { assertSeesMerchant, type Actor } from '../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../shared/protocol/define.ts';
import type { returnsActions } from '../../../shared/protocol/returns/actions.ts';
import type { AnnouncementError, AnnouncementOutcome } from '../../../shared/protocol/returns/announcement-actions.ts';
import { takingUpload } from '../../../shared/storage/taken-upload.ts';
import { readTable } from '../../../shared/csv/read-table.ts';
import { announcedReturn } from '../domain/announced-return.ts';
import { readAnnouncements, type Announcement } from '../domain/announcements.ts';
import { announceProgress } from '../facts.ts';
import { announcedBefore, insertReturns, ordersByNumber } from '../persistence/announcements.ts';
import { findPolicy } from '../persistence/merchants.ts';
import type { ReturnsDeps } from '../returns.deps.ts';
import { momentOf } from './steps.ts';
import { withMerchants } from './with-merchants.ts';

type Input = InputOf<typeof returnsActions.importAnnouncements>;

const MOST_ERRORS_SHOWN = 100;

/**
 * Announces the returns of a CSV file (C12). With an error in any line nothing is stored; the same file again changes
 * nothing, and one that says something else about a known RMA number is an error of that line, because what was
 * announced is changed where it can be seen.
 * @throws AppError 422 `ANNOUNCEMENTS_INVALID` with `errors` at `lines.<line>.<field>`, unless it is a dry run
 * @throws InvalidInput `MERCHANT_REQUIRED`, and what is wrong with the file as a whole
 */
export function importAnnouncements(deps: ReturnsDeps, input: Input, actor: Actor): Promise<AnnouncementOutcome> {
  return takingUpload(deps, input.file, async () => {
    const merchantId = merchantFor(input, actor);
    const { header, rows } = readTable(await deps.store.read(input.file.uploadKey));
    const file = readAnnouncements(header, rows);
    const { ignoredColumns } = file;
    const checked = await read(deps, actor, (em) => compare(em, merchantId, file.announcements));
    const errors = [...file.errors, ...checked.errors].toSorted((a, b) => a.line - b.line);
    const { fresh, unchanged } = checked;
    if (input.dryRun === 'true') return { created: fresh.length, unchanged, errors, ignoredColumns };
    if (errors.length) throw invalid(errors);
    const created = await withMerchants(
      deps,
      actor,
      () => [merchantId],
      () => record(deps, actor, merchantId, fresh),
    );
    return { created, unchanged, errors: [], ignoredColumns };
  });
}

function merchantFor({ merchantId }: Input, actor: Actor): string {
  if (merchantId !== undefined) {
    assertSeesMerchant(actor, merchantId);
    return merchantId;
  }
  if (actor.scope !== 'staff' && actor.scope.length === 1) return actor.scope[0]!;
  throw invalidField('merchantId', 'MERCHANT_REQUIRED', 'Say for which merchant');
}

/** What is new, what is known, and what says something else than before. */
async function compare(
  em: EntityManager,
  merchantId: string,
  announcements: readonly Announcement[],
): Promise<{ fresh: Announcement[]; unchanged: number; errors: AnnouncementError[] }> {
  const known = await announcedBefore(
    em,
    merchantId,
    announcements.map(({ rma }) => rma),
  );
  const fresh = announcements.filter(({ rma }) => !known.has(rma));
  const differing = announcements.filter(
    (given) => known.has(given.rma) && known.get(given.rma)!.contentHash !== hashOf(given),
  );
  const errors = differing.map(({ rma, line }) => ({
    ...{ line, field: 'rma', code: 'RMA_EXISTS' },
    message: `${rma} is announced already, as ${known.get(rma)!.number}, with other content`,
  }));
  return { fresh, unchanged: announcements.length - fresh.length - differing.length, errors };
}

function record(deps: ReturnsDeps, actor: Actor, merchantId: string, fresh: readonly Announcement[]): Promise<number> {
  return transact(deps, actor, async (em, announce, audit) => {
    if (!fresh.length) return 0;
    const moment = momentOf(deps, actor);
    const orders = await ordersByNumber(
      em,
      merchantId,
      fresh.flatMap(({ order }) => order ?? []),
    );
    const policy = await findPolicy(em, merchantId);
    const planned = fresh.map((given) =>
      announcedReturn(given, {
        ...{ merchantId, policy, at: moment.at, contentHash: hashOf(given), newId: () => uuidv7(moment.at) },
        orderId: given.order === null ? undefined : orders.get(given.order),
      }),
    );
    const numbers = await insertReturns(em, planned, moment.on.slice(0, 4));
    if (numbers.size !== planned.length)
      throw new RuleViolation('ANNOUNCED_MEANWHILE', 'Some of these were announced at this moment; try again');
    for (const parcel of planned) {
      const created = { ...parcel, number: numbers.get(parcel.id)! };
      announceProgress(announce, undefined, created);
      const { id, state, matchState, kind } = created;
      audit({
        ...{ action: 'return.announced' as const, entity: 'return', entityId: id, merchantId },
        after: { state, matchState, kind, by: 'file' },
      });
    }
    return planned.length;
  });
}

/** Of what was said, whatever line of whatever file it stands in. */
const hashOf = ({ line: _, ...content }: Announcement): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex');

const invalid = (errors: readonly AnnouncementError[]): AppError =>
  new AppError(422, 'ANNOUNCEMENTS_INVALID', `The file has ${errors.length} mistakes, so nothing of it was stored`, {
    count: errors.length,
    errors: errors.slice(0, MOST_ERRORS_SHOWN).map(({ line, field, code, message }) => ({
      path: `lines.${line}${field === null ? '' : `.${field}`}`,
      code,
      message,
    })),
  });
