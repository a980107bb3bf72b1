import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Model } from '../card.ts';
import { DecimalInput } from './decimal-input.tsx';

type Tier = Extract<Model, { type: 'graduated' }>['tiers'][number];

export interface TierFieldsProps {
  tiers: readonly Tier[];
  onChange: (tiers: Tier[]) => void;
  errorOf: (path: string) => string | undefined;
}

/** Tiers in ascending order; the last one has no end. */
export function TierFields({ tiers, onChange, errorOf }: TierFieldsProps) {
  const { t } = useTranslation('finance');
  const change = (index: number, tier: Partial<Tier>) =>
    onChange(tiers.map((one, at) => (at === index ? { ...one, ...tier } : one)));
  // the open one stays last, so a new one comes before it
  const add = () => onChange([...tiers.slice(0, -1), { upTo: '', unitPrice: '' }, ...tiers.slice(-1)]);
  return (
    <Stack gap="xs" role="group" aria-label={t('tiers.title')}>
      {tiers.map(({ upTo, unitPrice }, index) => (
        <Group key={index} gap="xs" align="flex-end" wrap="nowrap">
          {upTo === null ? (
            <Text flex={1} pb={8}>
              {t('tiers.rest')}
            </Text>
          ) : (
            <DecimalInput
              flex={1}
              label={t('tiers.upTo', { number: index + 1 })}
              value={upTo}
              error={errorOf(`tiers.${index}.upTo`)}
              onChange={(value) => change(index, { upTo: value ?? '' })}
            />
          )}
          <DecimalInput
            flex={1}
            label={t('tiers.price', { number: index + 1 })}
            value={unitPrice}
            error={errorOf(`tiers.${index}.unitPrice`)}
            onChange={(value) => change(index, { unitPrice: value ?? '' })}
          />
          <ActionIcon
            size={42}
            aria-label={t('tiers.remove', { number: index + 1 })}
            disabled={upTo === null}
            onClick={() => onChange(tiers.filter((_, at) => at !== index))}
          >
            <IconTrash size={20} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      {errorOf('tiers') && (
        <Text fz="sm" c="var(--mantine-color-error)">
          {errorOf('tiers')}
        </Text>
      )}
      <Button w="fit-content" variant="default" leftSection={<IconPlus size={18} aria-hidden />} onClick={add}>
        {t('tiers.add')}
      </Button>
    </Stack>
  );
}
