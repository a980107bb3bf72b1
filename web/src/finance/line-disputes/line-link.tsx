import { Anchor, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LineDisputeBadge, type LineDispute } from '../../shared/line-disputes/dispute-badge.tsx';

/** That a line of an invoice is or was disputed, with the way there. */
export function LineDisputeLink({ disputes }: { disputes: readonly LineDispute[] }) {
  const { t } = useTranslation('disputes');
  const [latest] = disputes;
  if (!latest) return null;
  return (
    <Group gap="xs">
      <LineDisputeBadge state={latest.state} />
      <Anchor component={Link} to={`/finance/line-disputes/${latest.id}` as never} fz="sm" underline="always" py="xs">
        {t('merchant.show')}
      </Anchor>
    </Group>
  );
}
