import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { Day } from '../../shared/date-time.tsx';
import { GradeBadge } from '../../shared/grade.tsx';
import { PhotoGrid } from '../../shared/photo-grid.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Facts } from '../parts/facts.tsx';
import { Section } from '../parts/section.tsx';
import classes from './return.module.css';
import { HeldItem } from './held-item.tsx';
import { useReasons } from './reasons.ts';
import { Notice } from '../../shared/notice.tsx';

export type ReturnView = Output<'GET /returns/{id}'>;
export type Item = ReturnView['items'][number];

/** Its own, and what was here of the line before it was split off (domain/photos-shown.ts of the returns service). */
const showsItem = ({ itemId, uploadedAt }: ReturnView['photos'][number], { id, splitFrom, splitAt }: Item): boolean =>
  itemId !== null && (itemId === id || (itemId === splitFrom && splitAt !== null && uploadedAt < splitAt));

/** The goods of a return: what was found, what becomes of them and who said so. */
export function ItemList({ parcel }: { parcel: ReturnView }) {
  const { t } = useTranslation('merchant');
  const { pieces, items } = parcel;
  const counted = (['expected', 'received', 'missing', 'unexpected', 'foreign'] as const).filter(
    (what) => pieces[what] > 0 || what === 'expected' || what === 'received',
  );
  return (
    <Section
      title={t('return.items')}
      aside={
        <Text fz="sm" c={pieces.missing ? 'var(--k-bad)' : 'dimmed'}>
          {counted.map((what) => t(`return.count.${what}`, { count: pieces[what] })).join(' · ')}
        </Text>
      }
    >
      {!items.length && <Text c="dimmed">{t('return.noItems')}</Text>}
      {items.map((item) => (
        <ItemCard key={item.id} item={item} parcel={parcel} />
      ))}
    </Section>
  );
}

function ItemCard({ item, parcel }: { item: Item; parcel: ReturnView }) {
  const { t } = useTranslation('merchant');
  const { t: r } = useTranslation('records');
  const { reasonText } = useReasons(parcel.merchantId);
  const photos = parcel.photos.filter((photo) => showsItem(photo, item));
  if (item.origin === 'foreign') return <ForeignCard item={item} />;
  const name = item.name || item.sku || r('question.unnamed');
  return (
    <Card component="article" aria-label={name} p="md">
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="xs">
          <Stack gap={2} miw={0}>
            <Title order={3} size="h5">
              {name}
            </Title>
            <Text fz="sm" c="dimmed">
              {[r('question.pieces', { count: item.quantity }), item.sku && r('question.sku', { sku: item.sku })]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </Stack>
          <StateBadge of="item" value={item.state} />
        </Group>
        <PhotoGrid quiet photos={photos.map(({ id, links }) => ({ id, urls: links, caption: name }))} />
        {item.note && <Text className={classes.finding}>{item.note}</Text>}
        {item.serialMismatch && <Notice tone="warn">{t('return.serialMismatch')}</Notice>}
        <Facts
          facts={[
            [t('return.grade'), item.grade && <GradeBadge grade={item.grade} />],
            [t('return.reason'), reasonText(item.reason) ?? item.externalReason],
            [t('return.disposition'), item.disposition && <Decided item={item} />],
            [t('return.origin'), item.origin !== 'expected' && t(`return.origins.${item.origin}`)],
            [t('return.serials'), item.serialNumbers.join(', ')],
            [t('return.batchNumber'), item.batchNumber],
            [t('return.bestBefore'), item.bestBefore && <Day on={item.bestBefore} />],
            [t('return.overReturn'), item.overReturnReason],
          ]}
        />
        {item.state === 'on_hold' && <HeldItem returnId={parcel.id} item={item} />}
      </Stack>
    </Card>
  );
}

/** Goods of somebody else: how many lie there, and no more. The house alone decides on them. */
function ForeignCard({ item }: { item: Item }) {
  const { t } = useTranslation('records');
  const name = t('question.notYours');
  return (
    <Card component="article" aria-label={name} p="md">
      <Group justify="space-between" align="flex-start" gap="xs">
        <Stack gap={2} miw={0}>
          <Title order={3} size="h5">
            {name}
          </Title>
          <Text fz="sm" c="dimmed">
            {t('question.pieces', { count: item.quantity })}
          </Text>
        </Stack>
        <StateBadge of="item" value={item.state} />
      </Group>
    </Card>
  );
}

/** What becomes of it, and who said so. */
function Decided({ item }: { item: Item }) {
  const { t } = useTranslation('merchant');
  const { t: r } = useTranslation('records');
  const { disposition, dispositionSource, dispositionReason } = item;
  return (
    <>
      {disposition && r(`choice.${disposition}.label`)}
      {dispositionSource && (
        <Text fz="sm" c="dimmed">
          {[t(`return.decidedBy.${dispositionSource}`), dispositionReason].filter(Boolean).join(': ')}
        </Text>
      )}
    </>
  );
}
