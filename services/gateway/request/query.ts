import { cut } from '../../../shared/kernel/cut.ts';
import { AppError, InvalidInput, type FieldError } from '../../../shared/kernel/errors.ts';

const NAME = /^[A-Za-z][A-Za-z0-9]{0,63}$/;

/**
 * Query parameters as text: each name once, plain names only, so that nothing turns into an array or an object on
 * the way (security.md 41 and 44).
 * @param query  the part after the question mark
 * @throws AppError 400 for wrong percent-encoding, InvalidInput for the rest
 */
export function readQuery(query: string): Record<string, string> {
  const found = new Map<string, string>();
  const errors: FieldError[] = [];
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const mark = pair.indexOf('=');
    const name = decoded(mark < 0 ? pair : pair.slice(0, mark));
    const path = cut(name, 64);
    if (!NAME.test(name)) errors.push({ path, code: 'UNKNOWN_FIELD', message: 'This field is not known here' });
    else if (found.has(name)) errors.push({ path, code: 'DUPLICATE', message: 'This parameter stands there twice' });
    else found.set(name, mark < 0 ? '' : decoded(pair.slice(mark + 1)));
  }
  if (errors.length) throw new InvalidInput(errors.slice(0, 20));
  return Object.fromEntries(found);
}

/** For what takes no parameters. @throws InvalidInput that names the first ones, or as {@link readQuery} */
export function assertNoQuery(query: string): void {
  const names = Object.keys(readQuery(query)).slice(0, 20);
  const errors = names.map((path) => ({ path, code: 'UNKNOWN_FIELD', message: 'This field is not known here' }));
  if (errors.length) throw new InvalidInput(errors);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new AppError(400, 'QUERY_UNREADABLE', 'The query is not correctly percent-encoded');
  }
}
