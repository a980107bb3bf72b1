import { Anchor, Card, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { GradeBadge } from '../../shared/grade.tsx';
import { PhotoGrid } from '../../shared/photo-grid.tsx';
import { Section } from '../parts/section.tsx';

export type BatchView = Output<'GET /rtv-batches/{id}'>;
export type BatchItem = BatchView['items'][number];

/** What is in the box, with a photo of each and the finding. */
export function BatchItems({ batch }: { batch: BatchView }) {
  const { t } = useTranslation('merchant');
  const nameOf = useNameOf();
  return (
    <Section
      title={t('batches.contents')}
      aside={<Text c="dimmed">{t('batches.pieces', { count: batch.pieces })}</Text>}
    >
      {!batch.items.length && <Text c="dimmed">{t('batches.nothingInside')}</Text>}
      {batch.items.map((item) => (
        <Card key={item.itemId} p="sm">
          <Group gap="md" align="flex-start" wrap="nowrap">
            <ItemPhoto item={item} />
            <Stack gap={4} miw={0}>
              <Text fw={600}>{nameOf(item)}</Text>
              <Text fz="sm" c="dimmed" component="div">
                {t('batches.pieces', { count: item.quantity })}
                {item.sku && ` · ${item.sku}`} ·{' '}
                <Anchor component={Link} to={`/merchant/returns/${item.returnId}`} fz="sm" underline="always">
                  {item.returnNumber}
                </Anchor>
              </Text>
              {item.grade && <GradeBadge grade={item.grade} />}
              {item.note && <Text fz="sm">{item.note}</Text>}
              {item.serialNumbers.length > 0 && (
                <Text fz="sm" c="dimmed">
                  {t('return.serials')}: {item.serialNumbers.join(', ')}
                </Text>
              )}
            </Stack>
          </Group>
        </Card>
      ))}
    </Section>
  );
}

/** What an item is called; of goods of somebody else only that they are. */
export function useNameOf(): (item: Pick<BatchItem, 'name' | 'sku' | 'foreign'>) => string {
  const { t } = useTranslation('records');
  return ({ name, sku, foreign }) => (foreign ? t('question.notYours') : name || sku || '–');
}

export function ItemPhoto({ item, size = 72 }: { item: BatchItem; size?: number }) {
  const { photo } = item;
  const nameOf = useNameOf();
  return photo && <PhotoGrid size={size} photos={[{ id: photo.id, urls: photo.links, caption: nameOf(item) }]} />;
}
