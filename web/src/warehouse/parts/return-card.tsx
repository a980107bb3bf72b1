import { Card, Group, Stack, Text } from '@mantine/core';
import { IconCloudUpload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { StateBadge, ToneBadge } from '../../shared/state-badge.tsx';
import type { Tone } from '../../shared/tone.ts';
import type { FoundReturn } from '../offline/reference.ts';
import { summaryOf } from '../offline/reference.ts';
import { useMerchantName } from './names.ts';
import classes from './parts.module.css';
import type { LocalReturn } from '../use-desk.ts';

/** A return as a large target. */
export function ReturnCard({ local }: { local: LocalReturn }) {
  const { t } = useTranslation('warehouse');
  const waiting = local.waiting.length;
  return (
    <FoundReturnCard found={summaryOf(local.view)}>
      {local.conflict ? (
        <ToneBadge tone="bad" label={t('card.conflict')} />
      ) : (
        waiting > 0 && (
          <Group gap={6} c="dimmed" fz="sm" wrap="nowrap">
            <IconCloudUpload size={18} aria-hidden />
            {t('card.waiting', { count: waiting })}
          </Group>
        )
      )}
    </FoundReturnCard>
  );
}

export function FoundReturnCard({ found, children }: { found: FoundReturn; children?: React.ReactNode }) {
  const { t } = useTranslation('warehouse');
  const merchant = useMerchantName(found.merchantId);
  const order = found.orderNumber && t('card.order', { number: found.orderNumber });
  return (
    <Card component={Link} to={`/warehouse/returns/${found.id}` as never} p="md" className={classes.target}>
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Stack gap={2} miw={0}>
          <Text fw={650} fz="lg">
            {found.number || t('card.new')}
          </Text>
          <Text c="dimmed">{[merchant, order].filter(Boolean).join(' · ')}</Text>
          <Text c="dimmed" fz="sm">
            {[t('card.pieces', { count: found.pieces }), found.trackingNumber].filter(Boolean).join(' · ')}
          </Text>
        </Stack>
        <Stack align="flex-end" gap={6} flex="none">
          <StateBadge of="return" value={found.state} />
          {children}
        </Stack>
      </Group>
    </Card>
  );
}

/** A number that leads to what it counts. */
export function LinkCard({
  to,
  value,
  label,
  tone = 'quiet',
}: {
  to: string;
  value: string;
  label: string;
  tone?: Tone;
}) {
  return (
    <Link to={to as never} className={classes.counter} data-tone={tone}>
      <strong className="tabular">{value}</strong>
      <span>{label}</span>
    </Link>
  );
}
