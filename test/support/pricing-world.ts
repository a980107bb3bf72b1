import { pino } from 'pino';
import type { BillingDeps } from '../../services/billing/billing.deps.ts';
import { pricingConsumers } from '../../services/billing/pricing.ts';
import { createRateCard } from '../../services/billing/use-cases/rate-cards/create-rate-card.ts';
import { consumeDue } from '../../shared/messaging/consumer.ts';
import { transact } from '../../shared/messaging/transact.ts';
import { openOrm } from '../../shared/persistence/orm.ts';
import { serviceActor, type Actor } from '../../shared/protocol/actor.ts';
import type { EventDefinition } from '../../shared/protocol/define.ts';
import { merchantChangedV1, type MerchantSnapshot } from '../../shared/protocol/merchants/events.ts';
import { rateCard, type SavedRateCard } from '../../shared/protocol/billing/rate-card.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { merchant } from './billing-events.ts';
import { askDirectory } from './merchant-directory.ts';

/** The pricing half of billing with a database of its own, a clock that the test moves, and no broker. */
export interface PricingWorld {
  database: TestDatabase;
  deps: BillingDeps;
  at: (instant: string) => void;
  /** Announces facts; {@link PricingWorld.deliver} lets billing learn of them. */
  announce: <E extends EventDefinition>(event: E, ...payloads: E['payload']['_output'][]) => Promise<void>;
  /** Rounds of all consumers for what is due as it is. */
  hear: () => Promise<void>;
  /** The same for all that is waiting. */
  deliver: () => Promise<void>;
  /** Announces and delivers. */
  tell: <E extends EventDefinition>(event: E, ...payloads: E['payload']['_output'][]) => Promise<void>;
  addMerchant: (overrides?: Partial<MerchantSnapshot>) => Promise<MerchantSnapshot>;
  addCard: (card: object) => Promise<SavedRateCard>;
  /** What the merchants service would answer when asked. */
  directory: Map<string, MerchantSnapshot>;
  charges: (merchantId?: string) => Promise<StoredCharge[]>;
  close: () => Promise<void>;
}

export interface StoredCharge {
  id: string;
  source: string;
  chargeType: string;
  revision: number;
  serviceDate: string;
  quantity: string;
  state: string;
  ruleKey: string | null;
  version: number | null;
  trace: Record<string, unknown>;
}

export const FINANCE: Actor = { kind: 'user', id: 'finance-1', roles: ['finance'], scope: 'staff', requestId: 'test' };
export const merchantUser = (merchantId: string): Actor => ({
  kind: 'user',
  id: 'user-1',
  roles: ['merchantViewer'],
  scope: [merchantId],
  requestId: 'test',
});

export async function createPricingWorld(now = '2026-10-20T08:00:00Z'): Promise<PricingWorld> {
  const database = await createTestDatabase();
  const orm = await openOrm({ service: 'billing', url: database.url, entities: [], poolSize: 8 });
  let clock = new Date(now);
  const directory = new Map<string, MerchantSnapshot>();
  const deps = {
    service: 'billing',
    orm,
    now: () => clock,
    wake: () => undefined,
    log: pino({ level: process.env['LOG_LEVEL'] ?? 'silent' }),
    wakers: new Map(),
    random: () => 0,
    rules: new Map(),
    config: { KONTOR_ZONE: 'Europe/Berlin' },
    call: askDirectory(directory),
  } as unknown as BillingDeps;
  const consumers = pricingConsumers(deps);
  const world: PricingWorld = {
    database,
    deps,
    directory,
    at: (instant) => void (clock = new Date(instant)),
    announce: (event, ...payloads) =>
      transact(deps, serviceActor('billing', 'test'), async (_em, announce) => {
        for (const payload of payloads) announce(event, payload as never);
      }),
    hear: async () => {
      for (const consumer of consumers) while (await consumeDue(deps, consumer));
    },
    deliver: async () => {
      await database.query('update messaging.delivery set next_at = now() where done_at is null');
      await world.hear();
    },
    tell: async (event, ...payloads) => {
      await world.announce(event, ...payloads);
      await world.deliver();
    },
    addMerchant: async (overrides) => {
      const snapshot = merchant(overrides);
      await world.tell(merchantChangedV1, snapshot);
      return snapshot;
    },
    addCard: (card) => createRateCard(deps, rateCard.parse(card), FINANCE),
    charges: (merchantId) =>
      database.query<StoredCharge & Record<string, unknown>>(
        `select c.id, c.source, c.charge_type as "chargeType", c.revision, to_char(c.service_date, 'YYYY-MM-DD') as "serviceDate",
                trim_scale(c.quantity)::text as quantity, c.state, c.rule_key as "ruleKey", v.version, c.trace
         from billing.charge c left join billing.rate_version v on v.id = c.version_id
         where $1::uuid is null or c.merchant_id = $1 order by c.source, c.charge_type, c.revision, c.service_date`,
        [merchantId ?? null],
      ),
    close: async () => {
      await orm.close();
      await database.drop();
    },
  };
  return world;
}

/** A rule as imported. */
export const ruleOf = (chargeType: string, unitPrice: string, overrides: object = {}) => ({
  key: chargeType.replaceAll('_', '-'),
  chargeType,
  priority: 100,
  model: { type: 'perUnit', unitPrice },
  label: { de: chargeType, en: chargeType },
  unit: 'piece',
  ...overrides,
});

const PRICES: [type: string, price: string, overrides?: object][] = [
  ['pick_first', '1.35'],
  ['pick_further', '0.35'],
  ['pack', '0.85'],
  ['material', '0.385'],
  ['freight', '4.29', { conditions: { countries: ['DE'] } }],
  ['return_parcel', '2.90'],
  ['return_item', '0.65'],
  ['return_photo', '0.50', { model: { type: 'flat', amount: '0.50' } }],
  ['return_restock', '0.45'],
  ['return_disposal', '0.80'],
  ['return_undeliverable', '3.50'],
  ['rtv_handling', '0.25'],
  ['rtv_freight', '12.90'],
  ['storage', '7.50', { unit: 'bin_day', model: { type: 'perUnit', unitPrice: '7.50', perDaysOfMonth: true } }],
  ['software_fee', '49.00'],
  ['special_job', '42.00', { unit: 'minute', model: { type: 'perUnit', unitPrice: '42.00', baseQuantity: '60' } }],
];

/** A card that prices every type, freight to Germany only. */
export const baseCard = (overrides: object = {}) => ({
  code: 'base',
  name: 'Base',
  currency: 'EUR',
  isBase: true,
  versions: [
    { version: 1, validFrom: '2020-01-01', rules: PRICES.map(([type, price, rest]) => ruleOf(type, price, rest)) },
  ],
  ...overrides,
});
