import { Anchor, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { trackingUrl } from '../../../../shared/kernel/tracking-url.ts';

export interface TrackingLinkProps {
  carrier: string | null;
  number: string;
}

/** The way to where the carrier says where a parcel is; its number where we know no such page. */
export function TrackingLink({ carrier, number }: TrackingLinkProps) {
  const { t } = useTranslation('merchant');
  const href = trackingUrl(carrier ?? '', number);
  const label = [carrier, number].filter(Boolean).join(' ');
  if (!href)
    return (
      <Text fz="sm" span className="tabular">
        {label}
      </Text>
    );
  return (
    <Anchor href={href} target="_blank" rel="noreferrer" fz="sm" className="tabular">
      {label} <IconExternalLink size={14} aria-label={t('batches.trackingOutside')} />
    </Anchor>
  );
}
