import { useTranslation } from 'react-i18next';
import { ApiError } from '../app/api/errors.ts';

/**
 * What the API says about single fields of a form, by their path in the body.
 * @param error  of the request that saved it
 * @returns a function from a path such as `returnRules.0.reasons` to a sentence; a path also gets what is wrong inside
 * of it when `deep`
 */
export function useFieldErrors(error: unknown): (path: string, deep?: boolean) => string | undefined {
  const { t, i18n } = useTranslation(['common', 'codes']);
  const problems = error instanceof ApiError ? error.errors : [];
  return (path, deep = false) => {
    const found = problems.find((problem) => problem.path === path || (deep && problem.path.startsWith(`${path}.`)));
    if (!found) return undefined;
    const known = [`fieldError.${found.code}`, `codes:${found.code}`].find((key) => i18n.exists(key));
    return known ? (t(known as never) as string) : `${t('fieldError.CUSTOM')} (${found.code})`;
  };
}
