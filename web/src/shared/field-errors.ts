import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../app/api/errors.ts';
import { showWrongField } from './show-field.ts';

/** Refusals that led to their fields: several parts of a form ask for the same one. */
const told = new WeakSet<ApiError>();

/**
 * What the API says about single fields of a form, by their path in the body. A refusal leads to the first of them: a
 * form is long, and what is wrong may stand far above the button.
 * @param error  of the request that saved it
 * @param refused  what leads to its field, unless every error does: one that comes while somebody types must not
 * @returns a function from a path such as `returnRules.0.reasons` to a sentence; a path also gets what is wrong inside
 * of it when `deep`
 */
export function useFieldErrors(
  error: unknown,
  refused: unknown = error,
): (path: string, deep?: boolean) => string | undefined {
  const { t, i18n } = useTranslation(['common', 'codes']);
  const problems = error instanceof ApiError ? error.errors : [];
  useEffect(() => {
    if (!(refused instanceof ApiError) || !refused.errors.length || told.has(refused)) return;
    told.add(refused);
    showWrongField();
  }, [refused]);
  return (path, deep = false) => {
    const found = problems.find((problem) => problem.path === path || (deep && problem.path.startsWith(`${path}.`)));
    if (!found) return undefined;
    const known = [`fieldError.${found.code}`, `codes:${found.code}`].find((key) => i18n.exists(key));
    return known ? (t(known as never) as string) : `${t('fieldError.CUSTOM')} (${found.code})`;
  };
}
