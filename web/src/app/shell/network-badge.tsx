import { Badge } from '@mantine/core';
import { IconWifiOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useOnline } from '../api/reachability.ts';

/** Says that there is no network; says nothing while there is. */
export function NetworkBadge() {
  const { t } = useTranslation();
  const online = useOnline();
  return (
    <div role="status" aria-live="polite">
      {!online && (
        <Badge
          size="lg"
          leftSection={<IconWifiOff size={16} aria-hidden />}
          c="var(--k-warn)"
          bg="var(--k-warn-ground)"
          title={t('status.offlineLong')}
        >
          {t('status.offline')}
        </Badge>
      )}
    </div>
  );
}
