import { ActionIcon, Group, Menu, Text } from '@mantine/core';
import { IconCloudUpload, IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../shared/page-header.tsx';
import { StateBadge, ToneBadge } from '../../shared/state-badge.tsx';
import type { LocalReturn } from '../use-desk.ts';
import { useMerchantName } from './names.ts';
import { MoreSteps } from './more-steps.tsx';
import type { ReturnWork } from './use-return-work.ts';

/** Whose return it is, and what of it is still on its way. */
export function ReturnHead({ local, work, readOnly }: { local: LocalReturn; work: ReturnWork; readOnly: boolean }) {
  const { t } = useTranslation('warehouse');
  const { view, waiting } = local;
  const merchant = useMerchantName(view.merchantId);
  const facts = [
    merchant,
    view.orderNumber && t('card.order', { number: view.orderNumber }),
    t(`kind.${view.kind}`),
    view.trackingNumber,
  ];
  return (
    <PageHeader
      title={view.number || t('card.new')}
      back="/warehouse"
      aside={
        <Group gap="xs">
          <StateBadge of="return" value={view.state} />
          {view.merchantId === null && <ToneBadge tone="warn" label={t('return.unknownMerchant')} />}
          {waiting.length > 0 && (
            <Group gap={6} c="dimmed" fz="sm" role="status">
              <IconCloudUpload size={18} aria-hidden />
              {t('card.waiting', { count: waiting.length })}
            </Group>
          )}
          <Menu position="bottom-end" shadow="md" width={300} keepMounted={false}>
            <Menu.Target>
              <ActionIcon size={48} variant="default" aria-label={t('more.open')}>
                <IconDots size={26} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <MoreSteps local={local} work={work} readOnly={readOnly} />
          </Menu>
        </Group>
      }
      lead={
        <>
          {facts.filter(Boolean).join(' · ')}
          {view.note && <Text c="dimmed">{view.note}</Text>}
        </>
      }
    />
  );
}
