import { invalidField, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { localDateOf } from '../../../../shared/kernel/dates.ts';
import { asRepeated } from '../../../../shared/moleculer/repeated.ts';
import { uuidOf, uuidv7 } from '../../../../shared/kernel/ids.ts';
import { transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { assertHouse, type Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { specialJobActions } from '../../../../shared/protocol/orders/special-job-actions.ts';
import {
  specialJobChangedV1,
  type CatalogueEntryView,
  type SpecialJobView,
} from '../../../../shared/protocol/orders/special-jobs.ts';
import { assertPositive } from '../../domain/sign-off.ts';
import type { OrdersDeps } from '../../orders.deps.ts';
import { findEntry } from '../../persistence/job-catalogue.ts';
import { findJob, insertJob, jobView, type NewJob } from '../../persistence/special-jobs.ts';
import { knowMerchant } from '../know-merchant.ts';
import { changedFact } from './change-job.ts';

type Input = InputOf<typeof specialJobActions.createSpecialJob>;

/**
 * Opens a job; one that needs the merchant's word waits for it.
 * @throws AppError 403   an API key of a merchant, who would write its own bill
 * @throws InvalidInput   an unknown or inactive entry, a free job without code, description or unit
 * @throws RuleViolation  `SPECIAL_JOB_EXISTS` when the id is taken by other content
 */
export async function createSpecialJob(deps: OrdersDeps, input: Input, actor: Actor): Promise<SpecialJobView> {
  assertHouse(actor);
  const now = deps.now();
  assertPositive(input.quantity);
  await knowMerchant(deps, input.merchantId, actor);
  const contentHash = hashOf(input);
  const id = input.id ?? uuidv7(now);
  return transact(deps, actor, async (em, announce, audit) => {
    // before the catalogue is looked at, which may have changed since
    const existing = await findJob(em, id);
    const job = existing
      ? undefined
      : await insertJob(
          em,
          {
            ...(await contentOf(em, input)),
            ...{ id, contentHash, openedOn: localDateOf(now, deps.config.KONTOR_ZONE) },
          },
          now,
        );
    if (!job) {
      const earlier = existing ?? (await findJob(em, id));
      if (earlier?.contentHash === contentHash) return asRepeated(jobView(earlier));
      throw new RuleViolation('SPECIAL_JOB_EXISTS', 'There is another special job with this id');
    }
    const view = jobView(job);
    const { merchantId } = view;
    announce(specialJobChangedV1, changedFact(view));
    audit({ action: 'special-job.created', entity: 'special-job', entityId: id, merchantId, after: view });
    return view;
  });
}

async function contentOf(em: EntityManager, input: Input): Promise<Omit<NewJob, 'id' | 'contentHash' | 'openedOn'>> {
  const { merchantId, quantity, reference, needsApproval = false } = input;
  const entry = input.catalogueId === undefined ? undefined : await entryFor(em, input);
  return {
    ...{ merchantId, quantity, catalogueId: entry?.id ?? null },
    code: entry?.code ?? given(input, 'code'),
    description: input.description ?? (entry ? entry.words || entry.name.de : given(input, 'description')),
    unit: entry?.unit ?? given(input, 'unit'),
    needsApproval: needsApproval || (entry?.needsApproval ?? false),
    referenceKind: reference?.kind ?? null,
    referenceNumber: reference?.number ?? null,
  };
}

async function entryFor(em: EntityManager, input: Input): Promise<CatalogueEntryView> {
  for (const field of ['code', 'unit'] as const)
    if (input[field] !== undefined) throw invalidField(field, 'FROM_CATALOGUE', 'The catalogue says this');
  const entry = await findEntry(em, input.catalogueId!);
  if (!entry) throw invalidField('catalogueId', 'UNKNOWN_ENTRY', 'The catalogue has no such entry');
  if (!entry.active) throw invalidField('catalogueId', 'INACTIVE', 'This is not offered any more');
  return entry;
}

function given(input: Input, field: 'code' | 'description' | 'unit'): string {
  const value = input[field];
  if (value === undefined) throw invalidField(field, 'REQUIRED', 'A job that is not of the catalogue needs this');
  return value;
}

/** What is new is left out where it was not said, so that what was said before there was such is still the same. */
const hashOf = ({ merchantId, code, description, unit, quantity, ...more }: Input): string => {
  const { id: _, ...said } = more;
  const extra = Object.entries(said).sort(([one], [other]) => (one < other ? -1 : 1));
  return uuidOf(JSON.stringify([merchantId, code, description, unit, quantity, ...(extra.length ? [extra] : [])]));
};
