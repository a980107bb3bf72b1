import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NetworkButton } from '../feedback/needs-network.tsx';
import type { Disposition, Item } from '../offline/model.ts';
import { choicesFor } from './afterwards.ts';
import { ChoiceChips } from './choice-chips.tsx';

export interface DecideItemProps {
  item: Item;
  onCancel: () => void;
  onSave: (decision: { disposition: Disposition; reason?: string }) => Promise<void>;
}

/** The house decides on what is held. It takes effect at once, so it says so, and why is kept with it. */
export default function DecideItem({ item, onCancel, onSave }: DecideItemProps) {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  const [chosen, setChosen] = useState<Disposition | undefined>(
    item.state === 'on_hold' ? undefined : (item.disposition ?? undefined),
  );
  const [reason, setReason] = useState(item.state === 'on_hold' ? '' : (item.dispositionReason ?? ''));
  const [busy, setBusy] = useState(false);
  const why = reason.trim();
  const save = async () => {
    if (!chosen) return;
    setBusy(true);
    await onSave(why ? { disposition: chosen, reason: why } : { disposition: chosen });
    setBusy(false);
  };
  return (
    <Stack gap="md">
      <ChoiceChips
        label={t('item.destination')}
        options={choicesFor(item).map((value) => ({ value, label: c(`disposition.${value}`) }))}
        value={chosen}
        onChange={setChosen}
      />
      <TextInput
        size="lg"
        label={t('after.reason')}
        description={item.note.trim() ? t('item.whyHint') : undefined}
        required={!item.note.trim()}
        value={reason}
        maxLength={200}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <Text c="dimmed">{t('after.decideText')}</Text>
      <Group justify="flex-end">
        <Button variant="default" h={56} onClick={onCancel}>
          {c('action.cancel')}
        </Button>
        <NetworkButton
          h={56}
          label={t('after.decideSubmit')}
          loading={busy}
          disabled={!chosen || (!why && !item.note.trim())}
          onClick={save}
        />
      </Group>
    </Stack>
  );
}
