import { Button, Loader, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { draftOf, findingOf } from '../offline/draft.ts';
import { isWritten } from '../offline/lacks.ts';
import type { Draft, InspectBody, Item, ReturnView } from '../offline/model.ts';
import { beforeReassessment } from './afterwards.ts';
import { ItemForm } from './item-form.tsx';

export interface ReassessProps {
  view: ReturnView;
  item: Item;
  onCancel: () => void;
  onSave: (finding: InspectBody) => Promise<void>;
}

/** Goods that come back from refurbishing: grade, finding and where they go, as at the first inspection. */
export default function Reassess({ view, item, onCancel, onSave }: ReassessProps) {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  const fresh = beforeReassessment(item);
  const [draft, setDraft] = useState<Draft>(() => draftOf(view.id, fresh));
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (busy) return;
    if (!isWritten(draft)) return onCancel();
    setBusy(true);
    await onSave(findingOf(draft, item, draft.grade!));
    setBusy(false);
  };
  return (
    <Stack gap="md">
      <Text>{t('after.reassessText')}</Text>
      <ItemForm
        view={view}
        item={fresh}
        draft={draft}
        onChange={(patch) => setDraft((before) => ({ ...before, ...patch }))}
        onDone={() => void save()}
      />
      {busy ? (
        <Loader aria-label={t('after.saving')} mx="auto" />
      ) : (
        <Button variant="subtle" h={48} onClick={onCancel}>
          {c('action.cancel')}
        </Button>
      )}
    </Stack>
  );
}
