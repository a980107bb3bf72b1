import { useTranslation } from 'react-i18next';
import { ApiError, OfflineError } from '../app/api/errors.ts';

/**
 * What to tell a person about a failure. A page that knows better texts for some codes asks `hasCode` first.
 * @returns a function from the error to a sentence in the language in use
 */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation();
  return (error) => {
    if (error instanceof OfflineError) return t('error.offline');
    if (!(error instanceof ApiError)) return t('error.server');
    const { status, detail } = error;
    if (status === 403) return t('error.forbidden');
    if (status === 404) return t('error.notFound');
    if (status === 412) return t('error.stale');
    if (status === 422) return t('error.invalid', { detail });
    if (status === 429) return t('error.tooMany');
    if (status === 503) return t('error.unavailable');
    return status >= 500 ? t('error.server') : t('error.refused', { detail });
  };
}
