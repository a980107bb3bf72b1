import { ActionIcon, Group, Menu, Text } from '@mantine/core';
import { IconCloudUpload, IconDots } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../shared/page-header.tsx';
import { StateBadge, ToneBadge } from '../../shared/state-badge.tsx';
import type { LocalReturn } from '../use-desk.ts';
import { useMerchantName } from './names.ts';
import { MoreSteps } from './more-steps.tsx';
import type { ReturnWork } from './use-return-work.ts';

const FurtherParcel = lazy(() => import('./further-parcel.tsx'));

export interface ReturnHeadProps {
  local: LocalReturn;
  work: ReturnWork;
  /** Somebody else works on it. */
  held: boolean;
}

/** Whose return it is, and what of it is still on its way. */
export function ReturnHead({ local, work, held }: ReturnHeadProps) {
  const [adding, setAdding] = useState(false);
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
            <MoreSteps local={local} onParcel={held ? undefined : () => setAdding(true)} />
          </Menu>
          <Suspense>{adding && <FurtherParcel view={view} work={work} onClose={() => setAdding(false)} />}</Suspense>
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
