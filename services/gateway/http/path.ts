import { AppError, NotFound } from '../../../shared/kernel/errors.ts';

/**
 * Refuses paths that two readers could understand differently: empty and dot segments, separators and percent signs
 * that appear only when decoded (security.md 52 and 53). What is left needs no normalising.
 * @param path  as sent
 * @throws AppError 400 for percent-encoding that cannot be read; NotFound for the rest
 */
export function assertPlainPath(path: string): void {
  if (path === '/') return;
  if (!path.startsWith('/')) throw new NotFound('page');
  const segments = path.slice(1).replace(/\/$/, '').split('/');
  if (segments.some((segment) => !isPlain(decoded(segment)))) throw new NotFound('page');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AppError(400, 'PATH_UNREADABLE', 'The path is not correctly percent-encoded');
  }
}

const isPlain = (segment: string): boolean =>
  // eslint-disable-next-line no-control-regex
  segment !== '' && segment !== '.' && segment !== '..' && !/[/\\%\u0000-\u001F\u007F]/.test(segment);
