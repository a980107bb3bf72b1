import { findChargeType } from '../../services/billing/domain/charge-types/index.ts';
import type { ChargeAttributes } from '../../services/billing/domain/charge-fact.ts';
import {
  rule,
  type Rule,
  type ScenarioEvent,
  type ScenarioLine,
  type ScenarioMerchant,
  type ScenarioWorld,
  type Version,
} from './scenario-world.ts';

type Adjustment = NonNullable<Version['adjustments']>[number];

/** What a case's card says from a day on: one price, or several rules by name. */
export interface CaseTerms {
  model?: Rule['model'];
  rules?: Readonly<Record<string, Partial<Rule> & { model: Rule['model'] }>>;
  adjustments?: readonly (Pick<Adjustment, 'key' | 'kind' | 'value'> & Partial<Adjustment>)[];
}

/** Day, quantity, and what else the event says; `known` is the day it came in. */
export type CaseEvent = readonly [
  day: string,
  quantity: number | string,
  more?: { known?: string; attributes?: ChargeAttributes; amountMinor?: number; unit?: string },
];

/** One scenario: a price, what happened, and the lines it must come to. */
export interface PriceCase {
  /** Begins with the id of the feature. */
  title: string;
  /** Type of charge; what cannot be told apart by channel or code stands in a world of its own. */
  type?: string;
  unit?: string;
  terms: CaseTerms | readonly (readonly [from: string, terms: CaseTerms])[];
  events: readonly CaseEvent[];
  /** `2027-03-15: 90 × 5 = 45000`, of another month `2027-04-15 of 2027-03: …`; `rule: ` where it is not the only one. */
  lines: readonly string[];
}

/**
 * Bills many cases at once: each is told apart by a channel or job code of its own, so that a run of one merchant holds
 * the lines of all. Cases with the same days of change share a merchant.
 * @returns the lines per title, in the order of runs and of the paper
 */
export async function billCases(world: ScenarioWorld, cases: readonly PriceCase[]): Promise<Map<string, string[]>> {
  const billed = new Map(cases.map(({ title }) => [title, [] as string[]]));
  if (billed.size < cases.length) throw new Error('Two cases have the same title');
  const keyed = cases.map((one, index) => ({ ...one, key: `case-${index}`, versions: versionsOf(one) }));
  const groups = Map.groupBy(keyed, ({ versions }) => versions.map(([from]) => from).join());
  for (const members of groups.values()) await billGroup(world, members, billed);
  return billed;
}

type Keyed = PriceCase & { key: string; versions: ReturnType<typeof versionsOf> };

const versionsOf = ({ terms }: PriceCase): readonly (readonly [from: string, terms: CaseTerms])[] =>
  'length' in terms ? terms : [['2020-01-01', terms]];

async function billGroup(world: ScenarioWorld, cases: readonly Keyed[], billed: Map<string, string[]>): Promise<void> {
  const merchant = await world.merchant({
    versions: cases[0]!.versions.map(([validFrom], index) => ({
      validFrom,
      rules: [BALLAST, ...cases.flatMap((one) => rulesOf(one, one.versions[index]![1]))],
      adjustments: cases.flatMap((one) => adjustmentsOf(one, one.versions[index]![1])),
    })),
  });
  const events = cases.flatMap((one) =>
    one.events.map(([day, quantity, more = {}]) => ({
      ...{ known: day, day, quantity: String(quantity), type: one.type ?? 'pack' },
      ...{ ...(one.unit ? { unit: one.unit } : {}), ...more },
      attributes: { ...isolating(one), ...more.attributes },
    })),
  );
  const knownDays = events.map(({ known, day }) => (known > day ? known : day));
  const asked = cases.flatMap(({ lines }) => lines.map((line) => line.slice(0, 10)));
  let told = '';
  for (const cutoff of cutoffsBetween([...knownDays].toSorted()[0]!, [...knownDays, ...asked].toSorted().at(-1)!)) {
    const fresh = events.filter((_, index) => knownDays[index]! > told && knownDays[index]! <= cutoff);
    // one document holds all cases: corrections alone would be carried over
    await merchant.happen({ day: cutoff, type: 'pack', attributes: { channel: 'ballast' } }, ...fresh);
    told = cutoff;
    for (const [month, key, quantity, price, net] of await merchant.bill(cutoff, { accept: ['ABOVE_USUAL'] })) {
      if (key === BALLAST.key) continue;
      const one = cases.find((candidate) => `${key} `.startsWith(`${candidate.key} `))!;
      const name = key.slice(one.key.length).trim();
      const of = month === cutoff.slice(0, 7) ? '' : ` of ${month}`;
      billed.get(one.title)!.push(`${cutoff}${of}: ${name && `${name}: `}${quantity} × ${price} = ${net}`);
    }
  }
}

const BALLAST = rule(
  'pack',
  { type: 'perUnit', unitPrice: '10000' },
  { key: 'ballast', conditions: { channels: ['ballast'] } },
);

/** What tells a case's events from those of the others. */
function isolating({ type = 'pack', key }: Keyed): ChargeAttributes {
  const conditions = findChargeType(type)?.conditions ?? [];
  if (conditions.includes('channels')) return { channel: key };
  if (conditions.includes('codes')) return { code: key };
  throw new Error(`Events of ${type} carry nothing to tell cases apart`);
}

function rulesOf(one: Keyed, { model, rules = {} }: CaseTerms): Rule[] {
  const { type = 'pack', unit, key } = one;
  const { channel, code } = isolating(one);
  const own = { ...(channel ? { channels: [channel] } : {}), ...(code ? { codes: [code] } : {}) };
  type Named = readonly [name: string, more: Partial<Rule> & { model: Rule['model'] }];
  const named = Object.entries(rules).map(([name, more]): Named => [` ${name}`, more]);
  const alone: Named[] = model ? [['', { model }]] : [];
  return [...alone, ...named].map(([name, { model: price, conditions = {}, ...more }]) =>
    rule(type, price, {
      ...(unit ? { unit } : {}),
      ...more,
      key: `${key}${name}`,
      conditions: { ...own, ...conditions },
    }),
  );
}

const adjustmentsOf = (one: Keyed, terms: CaseTerms): Adjustment[] =>
  (terms.adjustments ?? []).map(({ key, ...adjustment }) => ({
    ...{ key: `${one.key} ${key}`, label: { de: key, en: key } },
    rules: rulesOf(one, terms).map((priced) => priced.key),
    ...adjustment,
  }));

/** One step of a merchant's story: what happened until a cut-off, and the lines it must come to. */
export type Step = readonly [happened: readonly StoryEvent[], cutoff: string, ...lines: string[]];
export type StoryEvent = readonly [
  day: string,
  type: string,
  quantity?: number | string,
  more?: Partial<ScenarioEvent>,
];

/** Lets a merchant live through its steps and says what each cut-off came to, as the steps write it. */
export async function live(merchant: ScenarioMerchant, steps: readonly Step[]): Promise<Step[]> {
  const lived: Step[] = [];
  for (const [happened, cutoff] of steps) {
    await merchant.happen(
      ...happened.map(([day, type, quantity = 1, more = {}]) => ({ day, type, quantity: String(quantity), ...more })),
    );
    const lines = await merchant.bill(cutoff, { accept: ['ABOVE_USUAL'] });
    lived.push([happened, cutoff, ...lines.map((line) => lineText(cutoff, line))]);
  }
  return lived;
}

/** `pack: 3 × 0.45 = 135`, with the month where it is another one than the cut-off's. */
export const lineText = (cutoff: string, [month, key, quantity, price, net]: ScenarioLine): string =>
  `${month === cutoff.slice(0, 7) ? '' : `${month} `}${key}: ${quantity} × ${price} = ${net}`;

/** Every cut-off from the one that holds a day to the one that holds another. */
export function cutoffsBetween(from: string, to: string): string[] {
  const found: string[] = [];
  for (let at = new Date(`${from.slice(0, 7)}-01T00:00:00Z`); found.length === 0 || found.at(-1)! < to;) {
    const month = at.toISOString().slice(0, 7);
    const next = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
    const last = new Date(next.getTime() - 86_400_000).toISOString().slice(0, 10);
    for (const cutoff of [`${month}-15`, last])
      if (cutoff >= from && (found.length === 0 || found.at(-1)! < to)) found.push(cutoff);
    at = next;
  }
  return found;
}
