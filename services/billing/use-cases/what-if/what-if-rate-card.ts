import { addMonths, lastDayOf, type LocalMonth } from '../../../../shared/kernel/dates.ts';
import { hasType, InvalidInput, invalidField, NotFound } from '../../../../shared/kernel/errors.ts';
import { parseMicros } from '../../../../shared/kernel/decimal.ts';
import { lineNetMinor, sumMinor } from '../../../../shared/kernel/money.ts';
import { read } from '../../../../shared/messaging/transact.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import { readCursor, toPage, type Page } from '../../../../shared/persistence/page.ts';
import type { Actor } from '../../../../shared/protocol/actor.ts';
import type { InputOf } from '../../../../shared/protocol/define.ts';
import type { rateToolsActions } from '../../../../shared/protocol/billing/rate-tools-actions.ts';
import type { WhatIfMerchant, WhatIfMonth } from '../../../../shared/protocol/billing/rate-tools-views.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import type { AllocationGroup } from '../../domain/invoices/invoice-draft.ts';
import { versionErrors } from '../../domain/rate-card.ts';
import type { RateBook, RateCard } from '../../domain/rating.ts';
import { duePeriods } from '../../domain/runs/periods.ts';
import { supposeCard, supposedCard, supposeRating } from '../../domain/what-if.ts';
import { loadRateBook } from '../../persistence/rate-book.ts';
import { findRateCard } from '../../persistence/rate-cards.ts';
import { billedSections, factsOfMonth, merchantPage, setAside } from '../../persistence/what-if.ts';
import { priceDue, priceSupposed } from '../runs/price-due.ts';

type Input = InputOf<typeof rateToolsActions.whatIfRateCard>;

/** What is tried out, for whom. */
interface Supposition {
  card: RateCard;
  isBase: boolean;
  among: Parameters<typeof merchantPage>[1];
}

/**
 * Prices past months anew by a version as if it had been in force all along, and sets the result beside what they
 * really came to (X3). The charges are the real ones, the pricing is that of drafts, and nothing is written: each
 * merchant is read in a transaction of its own, so that prices can be changed meanwhile. One whose amounts are larger than
 * any that can be billed is told beside the others, as a preview does.
 * @throws NotFound for a card; InvalidInput for a version, a merchant or a draft that is wrong
 */
export async function whatIfRateCard(deps: BillingDeps, input: Input, actor: Actor): Promise<Page<WhatIfMerchant>> {
  const [after] = readCursor(input.cursor, ['id']) ?? [];
  const { supposition, merchantIds } = await read(deps, actor, async (em) => {
    const found = await suppositionOf(em, input);
    return { supposition: found, merchantIds: await merchantPage(em, found.among, after, input.limit + 1) };
  });
  const { items, nextCursor } = toPage(
    merchantIds,
    input.limit,
    (id) => [id],
    (id) => id,
  );
  const months = monthsBetween(input.from, input.to);
  const compared: WhatIfMerchant[] = [];
  for (const merchantId of items)
    compared.push(
      await read(deps, actor, (em) => compareMerchant(deps, em, { merchantId, months }, supposition)).catch(
        (error: unknown) => outOfRange(merchantId, error),
      ),
    );
  return { items: compared, nextCursor };
}

async function suppositionOf(em: EntityManager, input: Input): Promise<Supposition> {
  const { draft, merchantIds, cardId } = input;
  const errors = draft ? versionErrors(draft, 'draft.') : [];
  if (errors.length) throw new InvalidInput(errors);
  const card = cardId === undefined ? undefined : await findRateCard(em, { id: cardId });
  if (cardId !== undefined && !card) throw new NotFound('rate card');
  const newest = card?.versions.toSorted((left, right) => right.version - left.version)[0];
  const stored = input.version === undefined ? newest : card?.versions.find(({ version }) => version === input.version);
  if (!draft && !stored) throw invalidField('version', 'VERSION_UNKNOWN', 'This card has no such version');
  if (merchantIds) await assertKnown(em, merchantIds);
  const content = draft ? { ...draft, version: (newest?.version ?? 0) + 1 } : stored!;
  return {
    card: supposedCard(card?.code ?? 'draft', content),
    isBase: card?.isBase ?? false,
    among: merchantIds ? { ids: merchantIds } : card!.isBase ? 'all' : { cardCode: card!.code },
  };
}

async function assertKnown(em: EntityManager, merchantIds: readonly string[]): Promise<void> {
  const known = new Set(await merchantPage(em, { ids: merchantIds }, undefined, merchantIds.length));
  const errors = merchantIds.flatMap((id, index) =>
    known.has(id)
      ? []
      : [{ path: `merchantIds.${index}`, code: 'MERCHANT_UNKNOWN', message: 'There is no such merchant' }],
  );
  if (errors.length) throw new InvalidInput(errors);
}

function outOfRange(merchantId: string, error: unknown): WhatIfMerchant {
  if (!hasType(error, 'AMOUNT_OUT_OF_RANGE')) throw error;
  const failed = { code: 'AMOUNT_OUT_OF_RANGE', message: (error as Error).message };
  return { merchantId, actualMinor: 0, whatIfMinor: 0, differenceMinor: 0, months: [], failed };
}

async function compareMerchant(
  deps: BillingDeps,
  em: EntityManager,
  { merchantId, months }: { merchantId: string; months: readonly LocalMonth[] },
  { card, isBase }: Supposition,
): Promise<WhatIfMerchant> {
  const real = await loadRateBook(em, deps.rules, [merchantId]);
  const book = supposeCard(real, merchantId, card, isBase);
  const compared: WhatIfMonth[] = [];
  for (const month of months) compared.push(await compareMonth(deps, em, { merchantId, month, book }));
  const total = (value: (month: WhatIfMonth) => number) => sumMinor(compared.map(value));
  return {
    merchantId,
    actualMinor: total(({ actualMinor }) => actualMinor),
    whatIfMinor: total(({ whatIfMinor }) => whatIfMinor),
    differenceMinor: total(({ differenceMinor }) => differenceMinor),
    months: compared,
  };
}

async function compareMonth(
  deps: BillingDeps,
  em: EntityManager,
  { merchantId, month, book }: { merchantId: string; month: LocalMonth; book: RateBook },
): Promise<WhatIfMonth> {
  const cutoff = lastDayOf(month);
  const collection = { merchantId, cutoff, due: duePeriods(cutoff, 'monthly') };
  const facts = await factsOfMonth(em, merchantId, month);
  const { unrated, reasons, ...supposed } = supposeRating(facts, book, merchantId);
  const billed = await billedSections(em, merchantId, month);
  const due = await priceDue(deps, em, collection, true);
  // what came late for an earlier month belongs to that month
  const accrued = due.filter(({ serviceMonth }) => serviceMonth === month).map(withNet);
  const whatIf = (await priceSupposed(em, book, { ...collection, supposed })).map(withNet);
  const billedMinor = sum(billed);
  const accruedMinor = sum(accrued);
  const whatIfMinor = sum(whatIf);
  return {
    ...{ month, billedMinor, accruedMinor, actualMinor: sumMinor([billedMinor, accruedMinor]), whatIfMinor },
    differenceMinor: sumMinor([whatIfMinor, -billedMinor, -accruedMinor]),
    charges: facts.reduce((count, { charges }) => count + charges, 0),
    ...(await setAside(em, merchantId, month)),
    unrated: { actual: facts.reduce((count, group) => count + group.unrated, 0), whatIf: unrated, reasons },
    sections: sectionsOf([...billed, ...accrued], whatIf),
  };
}

interface Part {
  section: string;
  netMinor: number;
}

function sectionsOf(actual: readonly Part[], whatIf: readonly Part[]) {
  const names = [...new Set([...actual, ...whatIf].map(({ section }) => section))].toSorted();
  const of = (parts: readonly Part[], name: string) => sum(parts.filter(({ section }) => section === name));
  return names.map((section) => ({
    section,
    actualMinor: of(actual, section),
    whatIfMinor: of(whatIf, section),
  }));
}

const withNet = ({ section, quantity, unitPrice, baseQuantity }: AllocationGroup): Part => ({
  section,
  netMinor: lineNetMinor(parseMicros(quantity), parseMicros(unitPrice), parseMicros(baseQuantity)),
});

const sum = (parts: readonly { netMinor: number }[]): number => sumMinor(parts.map(({ netMinor }) => netMinor));

function monthsBetween(from: LocalMonth, to: LocalMonth): LocalMonth[] {
  const months: LocalMonth[] = [];
  for (let month = from; month <= to; month = addMonths(month, 1)) months.push(month);
  return months;
}
