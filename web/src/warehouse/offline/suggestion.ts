import type { Disposition, Grade, ReturnKind } from './model.ts';

/** A rule of a merchant, as `GET /return-settings` gives it. */
export interface SuggestionRule {
  grades?: readonly Grade[] | undefined;
  reasons?: readonly string[] | undefined;
  kinds?: readonly ReturnKind[] | undefined;
  articleGroups?: readonly string[] | undefined;
  skuPrefix?: string | undefined;
  disposition: Disposition | 'ask';
}

/** What the rules look at. */
export interface Judged {
  grade: Grade | null;
  reason: string | null;
  sku: string | null;
  origin: 'expected' | 'unexpected' | 'foreign';
  articleGroup?: string | null | undefined;
}

/**
 * What the server will make of an item by itself (B9), so that a worker sees it without a network:
 * services/returns/domain/disposition-rules.ts says the same, and one table of a test holds both to it.
 * @param rules  in the merchant's order; the first that fits counts
 */
export function suggestDisposition(
  rules: readonly SuggestionRule[],
  item: Judged,
  kind: ReturnKind,
): Disposition | 'ask' {
  if (item.origin === 'foreign') return 'hold';
  const rule = rules.find((candidate) => fits(candidate, item, kind));
  if (rule) return rule.disposition;
  const sellable = item.grade === 'A' || (item.grade === null && kind === 'undeliverable');
  return sellable ? 'restock' : 'rtv';
}

/** Whether a condition of a rule of dispositions or photos fits; what is left out fits everything. */
export function fits(
  rule: Omit<SuggestionRule, 'disposition'>,
  { grade, reason, sku, articleGroup }: Omit<Judged, 'origin'>,
  kind: ReturnKind,
): boolean {
  return (
    (!rule.grades || (grade !== null && rule.grades.includes(grade))) &&
    (!rule.reasons || (reason !== null && rule.reasons.includes(reason))) &&
    (!rule.kinds || rule.kinds.includes(kind)) &&
    (!rule.articleGroups || rule.articleGroups.includes(articleGroup ?? '')) &&
    (rule.skuPrefix === undefined || (sku ?? '').startsWith(rule.skuPrefix))
  );
}
