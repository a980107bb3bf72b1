export interface Difference {
  /** Where, such as `returnPolicy.inspectionHours`. */
  path: string;
  before?: string;
  after?: string;
}

const MOST = 40;
const LONGEST = 300;

/**
 * What an entry of the audit trail changed, field by field; what stayed is left out. Lists are compared as a whole.
 * @returns at most 40 of them
 */
export function differences(before: unknown, after: unknown): Difference[] {
  const [old, now] = [leaves(before), leaves(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])];
  return paths
    .filter((path) => old.get(path) !== now.get(path))
    .slice(0, MOST)
    .map((path) => ({ path, ...part('before', old.get(path)), ...part('after', now.get(path)) }));
}

const part = (name: 'before' | 'after', value: string | undefined) => (value === undefined ? {} : { [name]: value });

function leaves(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (value === undefined || value === null) {
    if (path && value === null) into.set(path, '–');
    return into;
  }
  if (typeof value === 'object' && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) leaves(inner, path ? `${path}.${key}` : key, into);
    return into;
  }
  const text = inWords(value);
  into.set(path || 'value', text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
  return into;
}

/** A list of simple values reads as one; anything deeper as it is stored. */
function inWords(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  if (value.some((item) => typeof item === 'object')) return JSON.stringify(value);
  return value.length ? value.join(', ') : '–';
}
