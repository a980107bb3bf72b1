import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../shared/notice.tsx';
import type { Place } from './elsewhere.ts';

/** Warns that pieces of this article are announced or back already; it can be announced all the same. */
export function Already({ places }: { places: readonly Place[] }) {
  const { t } = useTranslation('merchant');
  return (
    <Notice tone="warn" role="status">
      <Stack gap={2}>
        {places.map(({ returnId, number, pieces, kind }) => (
          <Anchor key={`${returnId}-${kind}`} component={Link} to={`/merchant/returns/${returnId}`} target="_blank">
            {t(kind === 'announced' ? 'announce.alreadyIn' : 'announce.backIn', { number, count: pieces })}
          </Anchor>
        ))}
        <Text fz="sm">{t('announce.alreadyText')}</Text>
      </Stack>
    </Notice>
  );
}
