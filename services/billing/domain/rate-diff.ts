import type { RateVersionInput } from '../../../shared/protocol/billing/rate-card.ts';
import type { DiffValue, RateDiff } from '../../../shared/protocol/billing/rate-tools-views.ts';

type Content = Pick<RateVersionInput, 'rules' | 'adjustments' | 'minimums'>;

/** What became of each rule, adjustment and minimum; what has the same key is the same thing. */
export function versionDiff(from: Content, to: Content): Pick<RateDiff, 'rules' | 'adjustments' | 'minimums'> {
  return {
    rules: changesOf(from.rules, to.rules),
    adjustments: changesOf(from.adjustments, to.adjustments),
    minimums: changesOf(from.minimums, to.minimums),
  };
}

function changesOf<Item extends { key: string }>(from: readonly Item[], to: readonly Item[]) {
  const before = new Map(from.map((item) => [item.key, item]));
  const after = new Map(to.map((item) => [item.key, item]));
  return {
    added: to.filter(({ key }) => !before.has(key)),
    removed: from.filter(({ key }) => !after.has(key)),
    changed: to.flatMap((item) => {
      const earlier = before.get(item.key);
      const fields = earlier ? fieldChanges(earlier, item) : [];
      return fields.length ? [{ key: item.key, fields }] : [];
    }),
  };
}

function fieldChanges(from: object, to: object): { field: string; from: DiffValue; to: DiffValue }[] {
  const [before, after] = [leaves(from), leaves(to)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((field) => ({ field, from: before.get(field) ?? null, to: after.get(field) ?? null }))
    .filter(({ from: left, to: right }) => JSON.stringify(left) !== JSON.stringify(right));
}

/** The values of an entry by their paths. Lists of words are sets: their order never decides anything. */
function leaves(value: unknown, path = ''): Map<string, DiffValue> {
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return new Map([[path, value.toSorted()]]);
  if (typeof value !== 'object' || value === null)
    return new Map(value === undefined ? [] : [[path, value as DiffValue]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...leaves(inner, path === '' ? key : `${path}.${key}`)]),
  );
}
