/** What placeholders may name: `{ return: { number: 'R-1' } }` for `{{return.number}}`. */
export interface Values {
  readonly [name: string]: string | Values;
}

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/**
 * Fills the placeholders of a text in one pass, so that what stands in the values is never read as a template
 * (security.md 95). The result is plain text; the layout escapes it.
 * @throws Error when a placeholder has no value, or a brace is left over
 */
export function fill(text: string, values: Values): string {
  if (strayBraces(text)) throw new Error(`Unclosed placeholder in "${text}"`);
  return text.replaceAll(PLACEHOLDER, (_whole, path: string) => valueAt(values, path.trim()));
}

/** Whether a `{{` or `}}` is left over when the placeholders are taken out. */
export const strayBraces = (text: string): boolean => /\{\{|\}\}/.test(text.replaceAll(PLACEHOLDER, ''));

/** The names of the placeholders in a text. */
export const placeholdersOf = (text: string): string[] =>
  [...text.matchAll(PLACEHOLDER)].map(([, path]) => path!.trim());

function valueAt(values: Values, path: string): string {
  let found: string | Values | undefined = values;
  for (const name of path.split('.'))
    found = typeof found === 'object' && Object.hasOwn(found, name) ? found[name] : undefined;
  if (typeof found !== 'string') throw new Error(`There is no value for the placeholder {{${path}}}`);
  return found;
}
