import { useTranslation } from 'react-i18next';
import { Notice } from '../../shared/notice.tsx';

/** What was to be decided was decided by somebody else or by the deadline. */
export function TakenNotice({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('merchant');
  return (
    <Notice role="alert" tone="warn" title={t('decisions.takenTitle')} onClose={onClose}>
      {t('decisions.takenText')}
    </Notice>
  );
}
