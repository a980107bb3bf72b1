import type { z } from 'zod';
import type { ChargeAttributes } from '../../services/billing/domain/charge-fact.ts';
import { findChargeType } from '../../services/billing/domain/charge-types/index.ts';
import { chargeCorrectable, chargeFacts } from '../../services/billing/use-cases/charges/charge-facts.ts';
import { createRateCard } from '../../services/billing/use-cases/rate-cards/create-rate-card.ts';
import { addRateVersion } from '../../services/billing/use-cases/rate-cards/add-rate-version.ts';
import { requestStep } from '../../services/billing/use-cases/runs/request-step.ts';
import { startRun } from '../../services/billing/use-cases/runs/start-run.ts';
import { workRow } from '../../services/billing/use-cases/runs/work-row.ts';
import { parseMicros } from '../../shared/kernel/decimal.ts';
import { uuidOf } from '../../shared/kernel/ids.ts';
import { transact } from '../../shared/messaging/transact.ts';
import { newRateVersion, rateCard } from '../../shared/protocol/billing/rate-card.ts';
import type { ContractTerms, MerchantSnapshot } from '../../shared/protocol/merchants/events.ts';
import { createBillingWorld, FINANCE, type BillingWorld } from './billing-world.ts';
import { changeContracts, documentsOf, recordStock, type ScenarioDocument, type StockDay } from './scenario-steps.ts';

export type Version = z.input<typeof rateCard>['versions'][number];
export type Rule = Version['rules'][number];

/** One rule, in as few words as a price needs: type of charge, model, conditions, priority. */
export const rule = (
  chargeType: string,
  model: Rule['model'],
  { key = chargeType, unit, priority = 100, conditions = {} }: Partial<Rule> = {},
): Rule => ({
  key,
  chargeType,
  priority,
  conditions,
  model,
  unit: unit ?? findChargeType(chargeType)?.unit ?? 'piece',
  label: { de: `Leistung ${key}`, en: `Service ${key}` },
});

export const perUnit = (unitPrice: string, more: object = {}): Rule['model'] => ({
  type: 'perUnit',
  unitPrice,
  ...more,
});
export const tiers = (type: 'graduated' | 'volume', ...steps: readonly (readonly [string | null, string])[]) =>
  ({ type, tiers: steps.map(([upTo, unitPrice]) => ({ upTo, unitPrice })) }) as Rule['model'];

/** An event that becomes charges: day, type, quantity. */
export interface ScenarioEvent {
  day: string;
  type: string;
  quantity?: string;
  unit?: string;
  amountMinor?: number;
  attributes?: ChargeAttributes;
  /** Same text: the same event. */
  event?: string;
  /** Same text: the same shipment; each event is of one of its own where nothing is said. */
  shipment?: string;
}

/** A merchant with a rate card of its own and all its runs. */
export interface ScenarioMerchant {
  id: string;
  /** Charges events as if they had just come in. */
  happen: (...events: readonly ScenarioEvent[]) => Promise<void>;
  /**
   * Drafts, approves and finalizes a cut-off for this merchant alone.
   * @returns its lines as `[month, rule, quantity, price, net]`, in the order they stand on paper
   */
  bill: (cutoff: string, options?: { accept?: readonly string[] }) => Promise<ScenarioLine[]>;
  /** Replaces what an event was worth: the next revision of `event`, none when nothing is named. */
  correct: (event: string, revision: number, ...happened: readonly ScenarioEvent[]) => Promise<void>;
  /** Appends a version to the merchant's card. */
  reprice: (version: Partial<Version> & { validFrom: string }) => Promise<void>;
  /** Tells billing the contracts as they are now. */
  agree: (...contracts: readonly Partial<ContractTerms>[]) => Promise<void>;
  /** Records stock at the start of days. */
  stock: (...days: readonly StockDay[]) => Promise<void>;
  /** The documents of a cut-off with number, date and VAT. */
  documents: (cutoff: string) => Promise<ScenarioDocument[]>;
  /** The row's state and the codes of its findings. */
  row: (cutoff: string) => Promise<{ state: string; findings: string[]; net: number | null; gross: number | null }>;
}
export type ScenarioLine = [month: string, rule: string, quantity: string, price: string, net: number];

export interface ScenarioWorld extends BillingWorld {
  /** A card that no merchant has yet, such as the base card. */
  createCard: (card: z.input<typeof rateCard>) => Promise<void>;
  merchant: (setUp: {
    versions: readonly Partial<Version>[];
    contracts?: readonly Partial<ContractTerms>[];
    merchant?: Partial<MerchantSnapshot>;
    base?: boolean;
  }) => Promise<ScenarioMerchant>;
}

/** Billing with nothing in it but an issuer; each scenario brings its merchant, its card and its events. */
export async function createScenarioWorld(): Promise<ScenarioWorld> {
  const billing = await createBillingWorld('2028-01-10T08:00:00Z', false);
  const world = { ...billing, work: () => workRows(billing) };
  let serial = 0;
  return {
    ...world,
    createCard: async (card) => void (await createRateCard(world.deps, rateCard.parse(card), FINANCE)),
    merchant: async ({ versions, contracts = [{}], merchant = {}, base = false }) => {
      serial += 1;
      const code = `card-${serial}`;
      const card = rateCard.parse({
        ...{ code, name: code, currency: 'EUR', isBase: base },
        versions: versions.map((version, index) => ({
          ...{ version: index + 1, validFrom: '2020-01-01', rules: [] },
          ...version,
        })),
      });
      const { id: cardId } = await createRateCard(world.deps, card, FINANCE);
      const terms = contracts.map((one) => ({ startsOn: '2020-01-01', rateCardCode: base ? null : code, ...one }));
      const id = await world.addMerchant(`Merchant ${serial}`, merchant, terms[0]);
      if (terms.length > 1) await changeContracts(world.deps, world.database, id, terms);
      return scenarioMerchant(world, id, cardId);
    },
  };
}

function scenarioMerchant(world: BillingWorld, id: string, cardId: string): ScenarioMerchant {
  const { deps, database, work } = world;
  const factOf = factsOf(id);
  const service = { ...FINANCE, kind: 'service' as const };
  return {
    id,
    happen: async (...happened) => {
      await transact(deps, service, (em) => chargeFacts(deps, em, happened.map(factOf)));
    },
    correct: async (event, revision, ...happened) => {
      const sourceEvent = uuidOf(id, event);
      const facts = happened.map((one) => ({ ...factOf(one), sourceEvent, revision }));
      const revisions = [{ sourceEvent, merchantId: id, revision }];
      await transact(deps, service, (em) => chargeCorrectable(deps, em, 'test', revisions, facts));
    },
    reprice: async (version) => {
      const content = newRateVersion.parse({ rules: [], ...version });
      await addRateVersion(deps, { id: cardId, ...content }, FINANCE);
    },
    agree: (...contracts) => changeContracts(deps, database, id, contracts),
    stock: (...days) => recordStock(deps, id, days),
    documents: (cutoff) => documentsOf(database, id, cutoff),
    bill: async (cutoff, { accept } = {}) => {
      const { id: runId } = await startRun(deps, { cutoff, merchantIds: [id] }, FINANCE);
      await work();
      if (accept) await requestStep(deps, 'draft', { id: runId, merchantIds: [id], accept }, FINANCE);
      await work();
      for (const step of ['approve', 'finalize'] as const) {
        await requestStep(deps, step, { id: runId, merchantIds: [id] }, FINANCE).catch(skipped);
        await work();
      }
      return linesOf(database, runId, id);
    },
    row: async (cutoff) => {
      const [row] = await database.query(
        `select m.state, m.net_minor::int as net, m.gross_minor::int as gross, array(select f ->> 'code' from jsonb_array_elements(m.findings) f) as findings
         from billing.run_merchant m where m.merchant_id = $1 and m.cutoff = $2`,
        [id, cutoff],
      );
      return row as Awaited<ReturnType<ScenarioMerchant['row']>>;
    },
  };
}

function factsOf(id: string) {
  let events = 0;
  return ({ day, type, quantity = '1', unit, amountMinor, attributes = {}, event, shipment }: ScenarioEvent) => {
    const chargeType = findChargeType(type);
    if (!chargeType) throw new Error(`There is no charge type ${type}`);
    events += 1;
    return {
      ...{ source: 'test', sourceEvent: uuidOf(id, event ?? `event ${events}`), revision: 0, merchantId: id },
      ...{ type: chargeType, unit: unit ?? chargeType.unit ?? 'piece', serviceDate: day, attributes },
      ...{ quantityMicros: parseMicros(quantity), amountMinor: amountMinor ?? null },
      reference: {
        kind: 'shipment' as const,
        id: uuidOf(id, shipment ?? `reference ${events}`),
        number: `B-${events}`,
      },
    };
  };
}

/** The steps of runs alone: a price needs no document on paper. */
async function workRows({ deps, database }: BillingWorld): Promise<void> {
  await database.query(`update billing.run_merchant set next_at = now() where wanted is not null`);
  while (await workRow(deps));
}

/** A row with nothing to bill, or one that is parked, has nothing to approve. */
function skipped(error: { type?: string }): void {
  if (!/^(NOTHING_|ROW_|RUN_ROW_)/.test(error.type ?? '')) throw error;
}

async function linesOf(database: BillingWorld['database'], runId: string, merchantId: string): Promise<ScenarioLine[]> {
  const found = await database.query(
    `select l.service_month as month, l.rule_key as rule, l.kind, trim_scale(l.quantity)::text as quantity,
       trim_scale(l.unit_price)::text as price, trim_scale(l.base_quantity)::text as base, l.net_minor::int as net
     from billing.invoice_line l join billing.invoice i on i.id = l.invoice_id
     where i.run_id = $1 and i.merchant_id = $2 and i.state = 'finalized' order by i.number, l.position`,
    [runId, merchantId],
  );
  return found.map(({ month, rule: key, kind, quantity, price, base, net }) => [
    month as string,
    kind === 'volumeBack' || kind === 'volumeAgain' ? `${key as string} ${kind}` : (key as string),
    quantity as string,
    base === '1' ? (price as string) : `${price as string}/${base as string}`,
    net as number,
  ]);
}
