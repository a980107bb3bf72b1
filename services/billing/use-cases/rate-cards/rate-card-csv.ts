import { AppError, invalidField, NotFound, RuleViolation } from '../../../../shared/kernel/errors.ts';
import { formatMicros, parseMicros } from '../../../../shared/kernel/decimal.ts';
import { readTable } from '../../../../shared/csv/read-table.ts';
import { read, transact } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf, OutputOf } from '../../../../shared/protocol/define.ts';
import type { rateToolsActions } from '../../../../shared/protocol/billing/rate-tools-actions.ts';
import type { RateCsvError, RateCsvOutcome } from '../../../../shared/protocol/billing/rate-tools-views.ts';
import type { RateCardInput, RateCardView, RateVersionInput } from '../../../../shared/protocol/billing/rate-card.ts';
import { takingUpload } from '../../../../shared/storage/taken-upload.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { lockBookForChange } from '../../persistence/rate-book.ts';
import { findRateCard } from '../../persistence/rate-cards.ts';
import { readCard, type CardFile } from '../../rate-card-csv/read-card.ts';
import { versionLines, writeCard } from '../../rate-card-csv/write-card.ts';
import { wakeRerating } from '../charges/wake-rerating.ts';
import { ensureMerchant } from '../merchants/ensure-merchant.ts';
import { assertNoOtherBase, cardWarnings, nextVersion, storeCard, storeVersions } from './store-card.ts';

type Actions = typeof rateToolsActions;
type Input = InputOf<Actions['importRateCardCsv']>;

const MOST_ERRORS = 100;

/** All versions of a card as CSV. @throws NotFound */
export async function exportRateCardCsv(
  deps: BillingDeps,
  { id, language }: InputOf<Actions['exportRateCardCsv']>,
  actor: Actor,
): Promise<OutputOf<Actions['exportRateCardCsv']>> {
  const card = await read(deps, actor, (em) => findRateCard(em, { id }));
  if (!card) throw new NotFound('rate card');
  const { key } = await deps.store.putContent('rate-cards', Buffer.from(writeCard(card.versions, language)), 'csv');
  const filename = `${card.code.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}.csv`;
  return { objectKey: key, contentType: 'text/csv; charset=utf-8', filename, disposition: 'attachment' };
}

/**
 * Makes a card of a file, or appends the versions that its card lacks; versions that both have must be the same,
 * because what was in force never changes. The same file again changes nothing.
 * @throws AppError 422 `RATE_CARD_INVALID` with `errors` at `lines.<line>.<column>`, unless it is a dry run
 * @throws InvalidInput for the file as a whole or the merchant; RuleViolation for another head or a second base card
 */
export function importRateCardCsv(deps: BillingDeps, input: Input, actor: Actor): Promise<RateCsvOutcome> {
  return takingUpload(deps, input.file, async () => {
    const file = readCard(readTable(await deps.store.read(input.file.uploadKey)));
    if (input.isBase === 'true' && input.merchantId !== undefined)
      throw invalidField('isBase', 'BASE_CARD_OF_MERCHANT', 'A card of one merchant cannot be the base of all');
    if (input.merchantId !== undefined) await ensureMerchant(deps, input.merchantId, 'merchantId', actor);
    if (input.dryRun === 'true') return read(deps, actor, async (em) => outcomeOf(await planImport(em, input, file)));
    const outcome = await transact(deps, actor, async (em, _announce, audit) => {
      await lockBookForChange(em);
      const plan = await planImport(em, input, file);
      if (plan.errors.length) throw invalid(plan.errors);
      const tx = { deps, em, audit, actor };
      const card = plan.existing ?? (await storeCard(tx, newCard(input, plan.added)));
      if (plan.existing && plan.added.length) await storeVersions(tx, plan.existing, plan.added);
      return { ...outcomeOf(plan), cardId: card.id };
    });
    wakeRerating(deps);
    return outcome;
  });
}

interface Plan extends Pick<CardFile, 'errors' | 'ignoredColumns'> {
  input: Input;
  existing: RateCardView | undefined;
  added: RateVersionInput[];
  unchanged: number[];
}

async function planImport(em: EntityManager, input: Input, file: CardFile): Promise<Plan> {
  const existing = await findRateCard(em, { code: input.code });
  if (existing) assertSameHead(existing, input);
  else await assertNoOtherBase(em, { isBase: input.isBase === 'true', currency: 'EUR' });
  const plan: Plan = { input, existing, added: [], unchanged: [], ...file, errors: [...file.errors] };
  const ascending = file.versions.toSorted((left, right) => left.version.version - right.version.version);
  for (const { version, firstLine } of ascending) {
    const known = existing?.versions.find((one) => one.version === version.version);
    const wrong = (code: string, message: string) =>
      plan.errors.push({ line: firstLine, field: 'version', code, message });
    if (known && isSame(known, version)) plan.unchanged.push(version.version);
    else if (known) wrong('VERSION_DIFFERS', `Version ${version.version} is stored with other content; add a new one`);
    else if (existing && version.version !== nextVersion(existing) + plan.added.length)
      wrong('VERSION_NOT_NEXT', `The next version of this card is ${nextVersion(existing) + plan.added.length}`);
    else plan.added.push(version);
  }
  return plan;
}

function assertSameHead(card: RateCardView, { name, merchantId, isBase }: Input): void {
  const differs =
    (name !== undefined && name !== card.name) ||
    (merchantId !== undefined && merchantId !== card.merchantId) ||
    (isBase === 'true' && !card.isBase);
  if (differs) throw new RuleViolation('RATE_CARD_EXISTS', `There is another rate card ${card.code}`, { id: card.id });
}

/** Whether two versions say the same, however a spreadsheet wrote their numbers. */
const isSame = (left: RateVersionInput, right: RateVersionInput): boolean => canonical(left) === canonical(right);
const canonical = (version: RateVersionInput): string =>
  JSON.stringify(
    versionLines(version)
      .map((cells) =>
        cells.map((cell) => (/^\d{1,12}(\.\d{1,6})?$/.test(cell) ? formatMicros(parseMicros(cell)) : cell.trim())),
      )
      .toSorted((left, right) => (String(left.slice(2, 4)) < String(right.slice(2, 4)) ? -1 : 1)),
  );

const newCard = ({ code, name, merchantId, isBase }: Input, versions: RateVersionInput[]): RateCardInput => ({
  ...{ code, name: name ?? code, currency: 'EUR', isBase: isBase === 'true', merchantId: merchantId ?? null, versions },
});

const outcomeOf = ({ input, existing, added, unchanged, errors, ignoredColumns }: Plan): RateCsvOutcome => ({
  cardId: existing?.id ?? null,
  code: input.code,
  created: existing === undefined,
  versionsAdded: added.map(({ version }) => version),
  versionsUnchanged: unchanged,
  errors: errors.slice(0, MOST_ERRORS),
  warnings: cardWarnings({ isBase: existing?.isBase ?? input.isBase === 'true', versions: added }).slice(
    0,
    MOST_ERRORS,
  ),
  ignoredColumns,
});

const invalid = (errors: readonly RateCsvError[]): AppError =>
  new AppError(422, 'RATE_CARD_INVALID', `The file has ${errors.length} mistakes, so nothing of it was stored`, {
    count: errors.length,
    errors: errors.slice(0, MOST_ERRORS).map(({ line, field, code, message }) => ({
      path: `lines.${line}${field === null ? '' : `.${field}`}`,
      ...{ code, message },
    })),
  });
