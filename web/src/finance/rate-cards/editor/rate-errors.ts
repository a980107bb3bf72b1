import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../app/api/errors.ts';
import { useFieldErrors } from '../../../shared/field-errors.ts';
import type { Draft } from '../card.ts';

/**
 * What a save refuses, by the path of the field in the draft; what two rules quarrel about is said with both names.
 * @param prefix  of the draft in the body: empty, or `versions.0.`
 */
export function useRateErrors(error: unknown, draft: Draft, prefix = '') {
  const { t, i18n } = useTranslation('finance');
  const general = useFieldErrors(error);
  const problems = error instanceof ApiError ? error.errors : [];
  return (path: string, deep = false): string | undefined => {
    const full = `${prefix}${path}`;
    const found = problems.find((one) => one.path === full || (deep && one.path.startsWith(`${full}.`)));
    if (!found) return undefined;
    if (found.code === 'RULES_OVERLAP') return overlap(found.path.slice(prefix.length));
    const key = `rateError.${found.code}`;
    return i18n.exists(`finance:${key}`) ? String(t(key as never)) : general(full, deep);
  };

  function overlap(path: string): string {
    const rule = draft.rules[Number(path.split('.')[1])];
    const rivals = draft.rules.filter(
      (one) => one !== rule && one.chargeType === rule?.chargeType && one.priority === rule.priority,
    );
    return t('rateError.overlapWith', { rules: rivals.map(({ key }) => key).join(', ') });
  }
}
