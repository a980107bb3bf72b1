import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowBadgeRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Disposition, Draft, Item, ReturnView } from '../offline/model.ts';
import { rulesFor } from '../offline/reference.ts';
import { suggestDisposition } from '../offline/suggestion.ts';
import { useSettings } from '../use-desk.ts';
import { ChoiceChips } from './choice-chips.tsx';
import { deviation } from './deviation.ts';

const DISPOSITIONS = ['restock', 'restock_b', 'refurbish', 'rtv', 'dispose', 'donate', 'hold'] as const;

export interface DestinationProps {
  view: ReturnView;
  item: Item;
  draft: Draft;
  /** Category of the article. */
  group: string | null;
  onChange: (patch: Partial<Draft>) => void;
}

/** Where the goods go by the merchant's rules, and the way to decide otherwise, with a reason (B9). */
export function Destination({ view, item, draft, group, onChange }: DestinationProps) {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  const settings = useSettings();
  const [open, setOpen] = useState(draft.disposition !== undefined);
  const judged = { ...item, grade: draft.grade ?? null, reason: draft.reason ?? null, articleGroup: group };
  const rule = suggestDisposition(rulesFor(settings, view.merchantId), judged, view.kind);
  const chosen = draft.disposition ?? rule;
  const choose = (disposition: Disposition) => onChange(deviation(rule, draft.disposition, disposition));
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Group gap="xs" wrap="nowrap" role="status" miw={0}>
          <IconArrowBadgeRight size={24} aria-hidden style={{ flex: 'none' }} />
          <Text>
            <Text span c="dimmed">
              {draft.disposition ? t('item.decided') : t('item.byRule')}
            </Text>{' '}
            <Text span fw={650}>
              {chosen === 'ask' ? t('item.ask') : c(`disposition.${chosen}`)}
            </Text>
          </Text>
        </Group>
        {!open && (
          <Button variant="subtle" h={48} px="sm" flex="none" onClick={() => setOpen(true)}>
            {t('item.otherwise')}
          </Button>
        )}
      </Group>
      {open && (
        <>
          <ChoiceChips
            label={t('item.destination')}
            quiet
            options={DISPOSITIONS.map((value) => ({ value, label: c(`disposition.${value}`) }))}
            value={chosen === 'ask' ? undefined : chosen}
            onChange={choose}
          />
          {draft.disposition && (
            <TextInput
              label={t('item.why')}
              description={t('item.whyHint')}
              maxLength={200}
              value={draft.overrideReason ?? ''}
              onChange={({ currentTarget }) => onChange({ overrideReason: currentTarget.value })}
            />
          )}
        </>
      )}
    </Stack>
  );
}
