import { useTranslation } from 'react-i18next';
import type { Failure } from '../offline/failures.ts';

/** A failure in a sentence, with what the server's log knows it by. */
export function useFailureWords(): (failure: Failure) => string {
  const { t } = useTranslation('warehouse');
  return ({ count, status, code, detail, requestId }) => {
    const reason =
      status === undefined
        ? t('waiting.failedDevice', { detail: detail || code })
        : code.startsWith('HTTP_')
          ? t('waiting.failedForeign', { status })
          : t('waiting.failedServer', { status });
    return [
      t('waiting.failed', { count, reason }),
      ...(requestId ? [t('waiting.failedId', { id: requestId })] : []),
    ].join(' ');
  };
}
