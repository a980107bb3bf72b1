import { pino } from 'pino';
import type { BillingDeps } from '../../services/billing/billing.deps.ts';
import { renderDunningLetter } from '../../services/billing/documents/dunning/render-dunning-letter.ts';
import { makeDocument } from '../../services/billing/documents/make-document.ts';
import { workRow } from '../../services/billing/use-cases/runs/work-row.ts';
import { renderNextDocument } from '../../services/billing/use-cases/invoices/render-documents.ts';
import { uuidOf } from '../../shared/kernel/ids.ts';
import { openOrm } from '../../shared/persistence/orm.ts';
import type { Actor } from '../../shared/protocol/actor.ts';
import { returnPolicy } from '../../shared/protocol/merchants/return-policy.ts';
import type { ContractTerms, MerchantSnapshot } from '../../shared/protocol/merchants/events.ts';
import type { ObjectStore } from '../../shared/storage/object-store.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { askDirectory } from './merchant-directory.ts';

/** Billing with a database of its own, a clock that the test moves, and no broker. */
export interface BillingWorld {
  database: TestDatabase;
  deps: BillingDeps;
  /** Sets business time. */
  at: (instant: string) => void;
  addMerchant: (
    name: string,
    overrides?: Partial<MerchantSnapshot>,
    contract?: Partial<ContractTerms>,
  ) => Promise<string>;
  addCharges: (charges: readonly TestCharge[]) => Promise<string[]>;
  /** What the merchants service would answer of a merchant, where it is newer than what billing was told. */
  directory: Map<string, MerchantSnapshot>;
  /** Lets the workers do everything that is due now. */
  work: () => Promise<void>;
  close: () => Promise<void>;
}

export interface TestCharge {
  merchantId: string;
  rule: keyof typeof RULES;
  day: string;
  quantity?: string;
  source?: string;
  /** Makes it the charge of a special job with this description. */
  job?: string;
}

/** One rule per pricing case; the keys name them in tests. */
export const RULES = {
  pack: {
    stream: 'fulfilment',
    section: 'fulfilment',
    unit: 'parcel',
    model: { type: 'perUnit', unitPrice: '0.45' },
    version: 1,
  },
  packNew: {
    stream: 'fulfilment',
    section: 'fulfilment',
    unit: 'parcel',
    model: { type: 'perUnit', unitPrice: '0.50' },
    version: 2,
    key: 'pack',
    chargeType: 'pack',
  },
  tiny: {
    stream: 'fulfilment',
    section: 'fulfilment',
    unit: 'piece',
    model: { type: 'perUnit', unitPrice: '0.005' },
    version: 1,
  },
  free: {
    stream: 'fulfilment',
    section: 'fulfilment',
    unit: 'piece',
    model: { type: 'perUnit', unitPrice: '0' },
    version: 1,
  },
  pick: {
    stream: 'fulfilment',
    section: 'fulfilment',
    unit: 'piece',
    version: 1,
    model: {
      type: 'graduated',
      tiers: [
        { upTo: '100', unitPrice: '0.30' },
        { upTo: '500', unitPrice: '0.25' },
        { upTo: null, unitPrice: '0.20' },
      ],
    },
  },
  pickNew: {
    stream: 'fulfilment',
    section: 'fulfilment',
    unit: 'piece',
    version: 2,
    key: 'pick',
    chargeType: 'pick',
    model: {
      type: 'graduated',
      tiers: [
        { upTo: '100', unitPrice: '0.40' },
        { upTo: '500', unitPrice: '0.35' },
        { upTo: null, unitPrice: '0.30' },
      ],
    },
  },
  storage: {
    stream: 'monthly',
    section: 'storage',
    unit: 'cubicMetreDay',
    model: { type: 'perUnit', unitPrice: '30', perDaysOfMonth: true },
    version: 1,
  },
  returnParcel: {
    stream: 'monthly',
    section: 'returns',
    unit: 'parcel',
    model: { type: 'flat', amount: '2.90' },
    version: 1,
  },
} as const;

const CARD = uuidOf('test', 'card');
const versionId = (version: number) => uuidOf('test', 'version', version);
const ruleId = (name: string) => uuidOf('test', 'rule', name);

export const FINANCE: Actor = { kind: 'user', id: 'finance-1', roles: ['finance'], scope: 'staff', requestId: 'test' };

/** @param withCard  false: no rate card at all, the test brings its own */
export async function createBillingWorld(now = '2026-11-02T08:00:00Z', withCard = true): Promise<BillingWorld> {
  const database = await createTestDatabase();
  let clock = new Date(now);
  const orm = await openOrm({ service: 'billing', url: database.url, entities: [], poolSize: 8 });
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
    store: memoryStore(),
    invoices: { make: makeDocument, close: async () => undefined },
    letters: { render: renderDunningLetter, close: async () => undefined },
  } as unknown as BillingDeps;
  await seedIssuer(database);
  if (withCard) await seedCard(database);
  let merchants = 0;
  return {
    database,
    deps,
    directory,
    at: (instant) => void (clock = new Date(instant)),
    addMerchant: (name, overrides, contract) => addMerchant(database, (merchants += 1), name, overrides, contract),
    addCharges: (charges) => addCharges(database, charges),
    work: () => workAll(deps, database),
    close: async () => {
      await orm.close();
      await database.drop();
    },
  };
}

/** Rounds of the workers until nothing is due; waiting rows are looked at once more. */
async function workAll(deps: BillingDeps, database: TestDatabase): Promise<void> {
  await database.query(`update billing.run_merchant set next_at = now() where wanted is not null`);
  while (await workRow(deps));
  await database.query(`update billing.invoice_document set next_at = now() where state = 'pending'`);
  while (await renderNextDocument(deps));
}

async function seedIssuer({ query }: TestDatabase): Promise<void> {
  const profile = {
    name: 'Nordlager Fulfillment GmbH',
    address: {
      name: 'Nordlager Fulfillment GmbH',
      street: 'Speicherweg 4',
      postalCode: '20457',
      city: 'Hamburg',
      country: 'DE',
    },
    vatId: 'DE136695976',
    taxNumber: '46/712/03456',
    managingDirectors: ['Inga Petersen'],
    bank: { name: 'Hanseatische Bank', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
  };
  await query('insert into billing.issuer (id, profile, number_pattern, billing_starts_on) values ($1, $2, $3, $4)', [
    uuidOf('issuer'),
    profile,
    'RE-{year}-{number:5}',
    '2026-01-01',
  ]);
}

async function seedCard({ query }: TestDatabase): Promise<void> {
  await query(
    `insert into billing.rate_card (id, code, name, currency, is_base) values ($1, 'base', 'Base', 'EUR', true)`,
    [CARD],
  );
  for (const version of [1, 2])
    await query(
      `insert into billing.rate_version (id, card_id, version, valid_from, created_by) values ($1, $2, $3, $4, 'test')`,
      [versionId(version), CARD, version, version === 1 ? '2020-01-01' : '2026-10-10'],
    );
  for (const [name, rule] of Object.entries(RULES)) {
    const key = 'key' in rule ? rule.key : name;
    await query(
      `insert into billing.rate_rule (id, version_id, key, charge_type, priority, conditions, model, unit, label) values ($1, $2, $3, $4, 100, '{}', $5, $6, $7)`,
      [
        ruleId(name),
        versionId(rule.version),
        key,
        key,
        JSON.stringify(rule.model),
        rule.unit,
        JSON.stringify({ de: `Leistung ${key}`, en: `Service ${key}` }),
      ],
    );
  }
}

async function addMerchant(
  { query }: TestDatabase,
  number: number,
  name: string,
  overrides: Partial<MerchantSnapshot> = {},
  contract: Partial<ContractTerms> = {},
): Promise<string> {
  const merchantId = uuidOf('merchant', name);
  const terms: ContractTerms = {
    contractId: uuidOf('contract', name),
    startsOn: '2026-01-01',
    endsOn: null,
    fulfilmentCadence: 'semiMonthly',
    monthEndDocuments: 'one',
    storageMethod: null,
    storageMeasure: null,
    storageAgeBands: [],
    storageSource: 'external',
    storageIsLandRelated: false,
    softwareFee: false,
    rateCardCode: null,
    ...contract,
  };
  const snapshot: MerchantSnapshot = {
    merchantId,
    version: 1,
    number: `M${String(number).padStart(3, '0')}`,
    name,
    status: 'active',
    language: 'de',
    address: { name, street: 'Marktplatz 1', postalCode: '04109', city: 'Leipzig', country: 'DE' },
    vatId: null,
    taxTreatment: 'domestic',
    taxBefore: [],
    exemptionReason: null,
    vatIdCheck: null,
    paymentTermsDays: 14,
    invoiceEmails: ['rechnung@example.com'],
    noticeEmails: ['retouren@example.com'],
    purchaseOrderReference: null,
    buyerReference: null,
    invoiceXml: false,
    invoiceLink: false,
    debtorNumber: null,
    rtvAddress: null,
    rtvSchedule: 'manual',
    returnRules: [],
    returnPolicy: returnPolicy.parse({}),
    contracts: [terms],
    ...overrides,
  };
  await query(
    'insert into billing.merchant_ref (merchant_id, version, number, name, snapshot) values ($1, 1, $2, $3, $4)',
    [merchantId, snapshot.number, name, snapshot],
  );
  await query(
    `insert into billing.contract_ref (id, merchant_id, starts_on, ends_on, fulfilment_cadence, month_end_documents, storage_method, software_fee, rate_card_code, storage_measure, storage_age_bands)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      terms.contractId,
      merchantId,
      terms.startsOn,
      terms.endsOn,
      terms.fulfilmentCadence,
      terms.monthEndDocuments,
      terms.storageMethod,
      terms.softwareFee,
      terms.rateCardCode,
      terms.storageMeasure,
      JSON.stringify(terms.storageAgeBands),
    ],
  );
  return merchantId;
}

let serial = 0;

async function addCharges({ query }: TestDatabase, charges: readonly TestCharge[]): Promise<string[]> {
  const rows = charges.map(({ merchantId, rule: name, day, quantity = '1', source, job }) => {
    const rule = RULES[name];
    const key = 'key' in rule ? rule.key : name;
    serial += 1;
    return {
      id: uuidOf('charge', serial),
      merchant_id: merchantId,
      source: 'test',
      source_event: source ? uuidOf(source) : uuidOf('event', serial),
      charge_type: key,
      revision: 0,
      stream: rule.stream,
      section: rule.section,
      service_date: day,
      currency: 'EUR',
      quantity,
      unit: rule.unit,
      state: 'accrued',
      rule_id: ruleId(name),
      rule_key: key,
      version_id: versionId(rule.version),
      attributes: {},
      reference: { ...(job ? { kind: 'specialJob', description: job } : { kind: 'order' }), number: `B-${serial}` },
      trace: {},
      late_exempt: false,
      created_at: new Date().toISOString(),
    };
  });
  await query(
    `insert into billing.charge (id, merchant_id, source, source_event, charge_type, revision, stream, section, service_date, currency, quantity, unit, state,
       rule_id, rule_key, version_id, attributes, reference, trace, late_exempt, created_at)
     select id, merchant_id, source, source_event, charge_type, revision, stream, section, service_date, currency, quantity, unit, state,
       rule_id, rule_key, version_id, attributes, reference, trace, late_exempt, created_at from jsonb_populate_recordset(null::billing.charge, $1)`,
    [JSON.stringify(rows)],
  );
  return rows.map(({ id }) => id);
}

/** Just enough of the store for archived documents. */
function memoryStore(): Pick<ObjectStore, 'putContent' | 'read'> {
  const objects = new Map<string, Buffer>();
  return {
    putContent: async (prefix, body, extension) => {
      const { createHash } = await import('node:crypto');
      const sha256 = createHash('sha256').update(body).digest('hex');
      const key = `${prefix}/${sha256}.${extension}`;
      objects.set(key, Buffer.from(body));
      return { key, bytes: body.byteLength, sha256 };
    },
    read: async (key) => objects.get(key)!,
  };
}
