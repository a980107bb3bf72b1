import { z } from 'zod';
import { amountMinor, decimal, id, instant, line, localDate, positiveDecimal } from '../schemas.ts';
import { enteredIssuerProfile, issuerProfile, numberPattern } from './issuer.ts';
import { rateModel } from './rate-model.ts';
import { expectedAccount } from './expected-account.ts';
import { approvalRules, checkBounds } from './run-checks.ts';

export const chargeState = z.enum(['accrued', 'unrated', 'held', 'waived']);
export type ChargeState = z.output<typeof chargeState>;

export const chargeView = z.object({
  id,
  merchantId: id,
  chargeType: z.string(),
  stream: z.enum(['fulfilment', 'monthly']),
  section: z.string(),
  serviceDate: localDate,
  quantity: decimal,
  unit: z.string(),
  amountMinor: amountMinor.nullable().meta({ description: 'What it cost or is worth, where prices are a share of it' }),
  netMinor: amountMinor.nullable().meta({
    description:
      'What it comes to by itself; the line of the invoice rounds once for all of its charges. `null` without a price ' +
      'of its own: unrated, or graduated by what else the month brings; and where it is too large to be billed. 0 when it is waived',
  }),
  state: chargeState,
  stateReason: z.string().nullable().meta({ description: 'Why finance or a rule left it so; null to merchants' }),
  ruleKey: z.string().nullable(),
  versionId: id.nullable(),
  /** The line it is billed on; `null` while it is unbilled. */
  lineId: id.nullable(),
  source: z.string(),
  sourceEvent: id,
  revision: z.int(),
  attributes: z.record(z.string(), z.unknown()),
  reference: z.record(z.string(), z.unknown()),
  createdAt: instant,
});
export type ChargeView = z.output<typeof chargeView>;

/** What was noted when the charge got its price; what is not there did not matter. */
export const chargeTrace = z.looseObject({
  /** What the event measured; `quantity` is what is billed of it. */
  measured: z.string().optional(),
  quantity: z.string().optional(),
  card: z.string().optional(),
  version: z.int().optional(),
  validFrom: localDate.optional(),
  rule: z.string().optional(),
  priority: z.int().optional(),
  price: rateModel.optional(),
  /** Minor units that the price is a share of, and the price that comes of it. */
  amountMinor: amountMinor.optional(),
  unitPrice: z.string().optional(),
  /** Why there is no price. */
  reason: z.string().optional(),
  /** Keys of the rules that were not taken, by what spoke against them, per `card#version`. */
  rejected: z.record(z.string(), z.record(z.string(), z.array(z.string()))).optional(),
  /** What made it be priced anew, and what it had before. */
  cause: z.string().optional(),
  previous: z.object({ card: z.string().nullish(), version: z.int().nullish(), rule: z.string().nullish() }).optional(),
  /** The charge that a negative twin takes back. */
  reversalOf: id.optional(),
});
export type ChargeTrace = z.output<typeof chargeTrace>;

export const tracedCharge = chargeView.extend({ trace: chargeTrace });

const snapshotLine = z.strictObject({
  bin: line(60),
  sku: line(80).nullable().default(null),
  storageType: z.enum(['bin', 'pallet', 'floor']).default('bin'),
  quantity: positiveDecimal,
  /** Of the whole line, not of a piece. */
  volumeM3: positiveDecimal.nullable().default(null),
});

export const snapshot = z
  .strictObject({
    merchantId: id.optional(),
    merchantNumber: line(40).optional(),
    warehouse: line(40).default('main'),
    day: localDate,
    /** Empty means an empty warehouse, which is valid evidence. */
    lines: z.array(snapshotLine).max(100_000),
  })
  .refine(({ merchantId, merchantNumber }) => (merchantId === undefined) !== (merchantNumber === undefined), {
    message: 'Name the merchant by its id or by its number',
    path: ['merchantId'],
  });
export type SnapshotInput = z.output<typeof snapshot>;

export const recorded = z.object({ recorded: z.int(), unchanged: z.int() });

export const storageHeader = z.object({
  id,
  merchantId: id,
  warehouse: z.string(),
  day: localDate,
  source: z.string(),
  lines: z.int(),
  quantity: decimal,
  volumeM3: decimal.nullable(),
  recordedBy: z.string().nullable().meta({ description: 'User or API key; staff only' }),
  recordedAt: instant,
});

export const issuerBody = z.strictObject({
  profile: enteredIssuerProfile,
  numberPattern,
  cancellationPattern: numberPattern.optional().meta({ description: 'As it was, or ST-{year}-{number:5}, without it' }),
  creditNotePattern: numberPattern.optional().meta({ description: 'As it was, or RK-{year}-{number:5}, without it' }),
  /** The day billing starts; runs are caught up from there. The day of set-up without it. */
  billingStartsOn: localDate.optional(),
  /** Days between a cut-off and its draft. */
  waitDays: z.int().min(0).max(14).default(0),
  approval: approvalRules.optional(),
  checks: checkBounds.partial().optional(),
  preNotificationDays: z.int().min(1).max(60).optional().meta({
    description: 'Days between an invoice and its direct debit, unless a mandate agrees to others; 14 at first',
  }),
});
export const issuerView = z.object({
  id,
  profile: issuerProfile,
  numberPattern,
  cancellationPattern: numberPattern,
  creditNotePattern: numberPattern,
  billingStartsOn: localDate,
  waitDays: z.int(),
  approval: approvalRules,
  checks: checkBounds,
  logo: z
    .object({ sha256: z.string() })
    .nullable()
    .meta({ description: 'On documents in place of the name; the picture is GET /issuer/logo' }),
  preNotificationDays: z.int(),
  version: z.int(),
});

const accountLine = z.object({
  /** Charges at their price, or a line computed of others. */
  kind: z.enum(['charges', 'volumeBack', 'volumeAgain', 'surcharge', 'discount', 'minimum']),
  chargeType: z.string(),
  label: z.object({ de: z.string(), en: z.string() }),
  serviceMonth: z.string(),
  quantity: decimal,
  unit: z.string(),
  unitPrice: decimal,
  baseQuantity: decimal,
  charges: z.int(),
  netMinor: amountMinor,
});

/** The running account of a merchant. */
export const merchantAccount = z.object({
  merchantId: id,
  currency: z.string(),
  /** Charges up to this day are counted: the end of the current month. */
  upTo: localDate,
  sections: z.array(z.object({ section: z.string(), netMinor: amountMinor, lines: z.array(accountLine) })),
  netMinor: amountMinor,
  /** Charges that are not in the sum. */
  unrated: z.int(),
  held: z.int(),
  /** Unbilled charges that the next run will hold because they are more than 90 days older than its cut-off. */
  tooOld: z.int(),
  expected: expectedAccount,
});
