import { z } from 'zod';
import { disposition, grade, returnKind } from '../returns/events.ts';
import { line } from '../schemas.ts';

/** What a rule looks at; a condition that is left out fits everything. */
const conditions = {
  grades: z.array(grade).max(4).optional(),
  reasons: z.array(line(60)).max(50).optional(),
  kinds: z.array(returnKind).max(4).optional(),
  articleGroups: z.array(line(60)).max(50).optional(),
};

/** Dispositions a merchant's rules may name; the first matching rule wins. `ask`: the merchant decides (C2). */
export const returnRule = z.object({
  ...conditions,
  skuPrefix: line(60).optional(),
  disposition: z.enum(['restock', 'restock_b', 'refurbish', 'rtv', 'dispose', 'donate', 'hold', 'ask']),
});

/** How many photos an inspected item needs; of the rules that fit the highest number counts (B2). */
const photoRule = { ...conditions, minPhotos: z.int().min(1).max(20) };

/** Why a consumer sends something back, in the merchant's own words; `kinds` limits it to some kinds (C17). */
const reasonFields = {
  code: line(60),
  de: line(80),
  en: line(80),
  kinds: z.array(returnKind).max(4).optional(),
};
export const returnReason = z.object(reasonFields);

/** What another system calls a reason (C15). */
const reasonMapping = { system: line(40), external: line(80), code: line(60) };

const hours = z
  .int()
  .min(1)
  .max(365 * 24);
/** What the deadline does when nobody answered; asking again is no answer. */
const answer = disposition.exclude(['hold']);

/** C3: goods nobody can name have the short deadline, damaged ones the long one. */
const decision = {
  unknownHours: hours.default(48),
  unknownDefault: answer.default('rtv'),
  damagedHours: hours.default(30 * 24),
  damagedDefault: answer.default('rtv'),
};

/** C5: what closes the open batch beside its schedule; `null` never does. */
const batch = {
  maxPieces: z.int().min(1).max(100_000).nullable().default(null),
  maxWeightGrams: z.int().min(1).max(100_000_000).nullable().default(null),
  maxVolumeCm3: z.int().min(1).max(1_000_000_000).nullable().default(null),
};

const terms = {
  /** B14: hours from receipt to the end of the inspection. */
  inspectionHours: hours.default(48),
  /** An announced return that has not come after so many days has expired. */
  announcedExpiryDays: z.int().min(1).max(730).default(90),
  /** C11: days that quarantined goods lie free of charge; `null`: they are never charged. */
  quarantineFreeDays: z.int().min(0).max(3_650).nullable().default(null),
  /** B13: what reopening an inspection does to its charges. */
  reopenedCharges: z.enum(['reverse', 'keep']).default('reverse'),
};

/**
 * How the house handles the returns of a merchant. Every field has the value it is shipped with, so `{}` is a whole
 * policy.
 */
export const returnPolicy = z.object({
  photoRules: z.array(z.object(photoRule)).max(50).default([]),
  /** Empty: the reasons the product is shipped with. */
  reasons: z.array(returnReason).max(100).default([]),
  reasonMappings: z.array(z.object(reasonMapping)).max(500).default([]),
  decision: z.object(decision).prefault({}),
  batch: z.object(batch).prefault({}),
  ...terms,
});
export type ReturnPolicy = z.output<typeof returnPolicy>;

/** The same as a client gives it: a field that is not known here is an error, at any depth. */
export const givenReturnPolicy = z.strictObject({
  photoRules: z.array(z.strictObject(photoRule)).max(50).default([]),
  reasons: z.array(z.strictObject(reasonFields)).max(100).default([]),
  reasonMappings: z.array(z.strictObject(reasonMapping)).max(500).default([]),
  decision: z.strictObject(decision).prefault({}),
  batch: z.strictObject(batch).prefault({}),
  ...terms,
});
