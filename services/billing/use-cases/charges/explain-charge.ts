import { lastDayOf, monthOf } from '../../../../shared/kernel/dates.ts';
import { formatMicros, parseMicros } from '../../../../shared/kernel/decimal.ts';
import { amountOrNull, lineNetMinor } from '../../../../shared/kernel/money.ts';
import type { EntityManager } from '../../../../shared/persistence/orm.ts';
import type { ChargeExplanation } from '../../../../shared/protocol/billing/charge-explanation.ts';
import type { BillingDeps } from '../../billing.deps.ts';
import { appliedAdjustments, appliesTo } from '../../domain/adjustments/applied-adjustments.ts';
import { FREIGHT_TYPES } from '../../domain/charge-types/index.ts';
import { calculationWords, rejectionWords, ROUNDING, unratedWords } from '../../domain/charge-words.ts';
import { countsMonth, priceParts } from '../../domain/rate-models.ts';
import { duePeriods } from '../../domain/runs/periods.ts';
import {
  linesOfCharge,
  positionInMonth,
  rulesOfVersions,
  type ChargePart,
  type KnownRule,
} from '../../persistence/charge-explanation.ts';
import type { TracedCharge } from '../../persistence/charge-views.ts';
import { loadRateBook } from '../../persistence/rate-book.ts';
import { invoiceOfAdjustments, standingAdjustments } from '../../persistence/runs/standing-adjustments.ts';

/**
 * Explains a charge from its event to its line (X1). What was noted when it was rated is set out in words; what other
 * charges decide, its place in the month, is worked out by the pricing of drafts.
 * @param drafts  also lines of invoices that are not issued yet
 */
export async function explainCharge(
  deps: Pick<BillingDeps, 'rules'>,
  em: EntityManager,
  charge: TracedCharge,
  drafts: boolean,
): Promise<ChargeExplanation> {
  const rules = await rulesOfVersions(em, charge.chargeType, versionsIn(charge));
  const rule = rules.find(isMatched(charge));
  const lines = charge.lineId === null ? [] : await linesOfCharge(em, { ...charge, lineId: charge.lineId }, drafts);
  const counted = rule !== undefined && countsMonth(rule.model) && charge.lineId === null;
  const position = counted ? await placeInMonth(em, charge) : undefined;
  return {
    event: eventOf(charge),
    rule: rule ? ruleOf(rule) : null,
    unrated: unratedOf(charge),
    rejected: rejectedOf(charge, rules, rule),
    price: rule ? priceOf(charge, rule, lines.length ? lines : (position?.parts ?? ownParts(charge, rule))) : null,
    month: position
      ? { month: monthOf(charge.serviceDate), from: position.from, to: position.to, total: position.total }
      : null,
    lines,
    adjustments: charge.ruleKey === null ? [] : await adjustmentsOf(deps, em, charge, charge.ruleKey),
  };
}

function versionsIn({ trace }: TracedCharge): { card: string; version: number }[] {
  const named = Object.keys(trace.rejected ?? {}).map(placeOf);
  return trace.card === undefined || trace.version === undefined
    ? named
    : [...named.filter(({ card }) => card !== trace.card), { card: trace.card, version: trace.version }];
}

/** Of `card#version`; the code of a card may hold the sign itself. */
function placeOf(name: string): { card: string; version: number } {
  const at = name.lastIndexOf('#');
  return { card: name.slice(0, at), version: Number(name.slice(at + 1)) };
}

const isMatched =
  ({ trace, ruleKey }: TracedCharge) =>
  ({ card, version, key }: KnownRule): boolean =>
    card === trace.card && version === trace.version && key === ruleKey;

const eventOf = ({ source, sourceEvent, revision, serviceDate, reference, trace }: TracedCharge) => ({
  ...{ source, id: sourceEvent, revision, serviceDate },
  kind: textOf(reference['kind']),
  number: textOf(reference['number']),
  takesBack: trace.reversalOf ?? null,
});
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const ruleOf = ({ unit: _, ...rule }: KnownRule) => rule;

function unratedOf({ state, trace }: TracedCharge): ChargeExplanation['unrated'] {
  if (state !== 'unrated') return null;
  const code = trace.reason ?? 'NO_RULE';
  return { code, reason: unratedWords(code) };
}

function rejectedOf(charge: TracedCharge, rules: readonly KnownRule[], winner: KnownRule | undefined) {
  const { attributes, unit } = charge;
  return Object.entries(charge.trace.rejected ?? {}).map(([name, byCode]) => {
    const { card, version } = placeOf(name);
    const explained = Object.entries(byCode).flatMap(([code, keys]) =>
      keys.flatMap((key) => {
        const rule = rules.find((one) => one.card === card && one.version === version && one.key === key);
        return rule
          ? [{ key, label: rule.label, code, reason: rejectionWords(code, { rule, attributes, unit, winner }) }]
          : [];
      }),
    );
    return { card, version, rules: explained };
  });
}

const placeInMonth = (em: EntityManager, { id, merchantId, serviceDate, state }: TracedCharge) => {
  const cutoff = lastDayOf(monthOf(serviceDate));
  return state === 'accrued'
    ? positionInMonth(em, { merchantId, cutoff, due: duePeriods(cutoff, 'monthly') }, id)
    : undefined;
};

/** Prices that nothing else decides. */
function ownParts({ quantity, serviceDate, amountMinor }: TracedCharge, { model }: KnownRule): ChargePart[] {
  if (countsMonth(model)) return [];
  return priceParts(model, parseMicros(quantity), { serviceMonth: monthOf(serviceDate), amountMinor }).map((part) => ({
    quantity: formatMicros(part.quantityMicros),
    unitPrice: formatMicros(part.unitPriceMicros),
    baseQuantity: formatMicros(part.baseQuantityMicros),
    ...{ tierFrom: null, tierTo: null },
  }));
}

function priceOf(charge: TracedCharge, rule: KnownRule, parts: readonly ChargePart[]): ChargeExplanation['price'] {
  const priced = parts.flatMap(({ quantity, unitPrice, baseQuantity, tierFrom, tierTo }) => {
    const netMinor = amountOrNull(() =>
      lineNetMinor(parseMicros(quantity), parseMicros(unitPrice), parseMicros(baseQuantity)),
    );
    return netMinor === null ? [] : { quantity, unitPrice, baseQuantity, tierFrom, tierTo, netMinor };
  });
  return {
    measured: charge.trace.measured ?? charge.quantity,
    quantity: charge.quantity,
    unit: rule.unit,
    parts: priced,
    calculation: priced.map((part) => calculationWords(part, rule.unit, part.netMinor)),
    rounding: ROUNDING,
  };
}

async function adjustmentsOf(
  deps: Pick<BillingDeps, 'rules'>,
  em: EntityManager,
  { id, merchantId, serviceDate, chargeType, section }: TracedCharge,
  ruleKey: string,
) {
  const billedOn = await invoiceOfAdjustments(em, id);
  const applied = billedOn
    ? await standingAdjustments(em, [billedOn])
    : appliedAdjustments(await loadRateBook(em, deps.rules, [merchantId]), merchantId, serviceDate);
  const group = FREIGHT_TYPES.includes(chargeType) ? 'freight' : section;
  return applied
    .filter(({ from, to }) => from <= serviceDate && serviceDate <= to)
    .filter(({ adjustment }) => appliesTo(adjustment, { group, chargeType, ruleKey }))
    .map(({ adjustment: { key, kind, label, value } }) => ({ key, kind, label, value }));
}
