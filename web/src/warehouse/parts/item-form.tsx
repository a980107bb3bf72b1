import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowRight, IconMinus, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { GradeButtons } from '../../shared/grade.tsx';
import { checklistFor, suggestGrade } from '../offline/draft.ts';
import { isWritten, type Part } from '../offline/lacks.ts';
import type { Draft, Item, ReturnView } from '../offline/model.ts';
import type { Checklist } from '../offline/reference.ts';
import { withQuantity } from '../offline/serials.ts';
import { ChoiceChips } from './choice-chips.tsx';
import { Destination } from './destination.tsx';
import { Phrases, Reasons, Serials, type FieldProps } from './finding-fields.tsx';
import { useArticle, useMerchantSettings, useTold } from './names.ts';

export interface ItemFormProps {
  view: ReturnView;
  item: Item;
  draft: Draft;
  onChange: (patch: Partial<Draft>) => void;
  onDone: () => void;
}

/** The finding of an item, in the order in which a worker looks at it. */
export function ItemForm({ view, item, draft, onChange, onDone }: ItemFormProps) {
  const { t } = useTranslation('warehouse');
  const settings = useMerchantSettings(view.merchantId);
  const article = useArticle(view.merchantId, item.sku);
  const checklist = checklistFor(settings?.checklists ?? [], article?.group ?? null);
  const reasons = (settings?.reasons ?? []).filter(({ kinds }) => !kinds || kinds.includes(view.kind));
  return (
    <Stack gap="md">
      {item.quantity > 1 && <Pieces item={item} draft={draft} onChange={onChange} />}
      {checklist && <Questions checklist={checklist} draft={draft} onChange={onChange} />}
      <div data-part={'grade' satisfies Part}>
        <GradeButtons value={draft.grade ?? null} onChange={(grade) => onChange({ grade })} />
      </div>
      <Phrases phrases={settings?.phrases ?? []} draft={draft} onChange={onChange} />
      <Reasons reasons={reasons} draft={draft} onChange={onChange} />
      {article?.serialTracked && <Serials draft={draft} onChange={onChange} />}
      {article?.batchTracked && (
        <TextInput
          label={t('item.batchNumber')}
          value={draft.batchNumber ?? ''}
          maxLength={60}
          onChange={({ currentTarget }) => onChange({ batchNumber: currentTarget.value })}
        />
      )}
      {article?.bestBeforeTracked && (
        <TextInput
          type="date"
          label={t('item.bestBefore')}
          value={draft.bestBefore ?? ''}
          onChange={({ currentTarget }) => onChange({ bestBefore: currentTarget.value })}
        />
      )}
      {draft.grade && (
        <Destination view={view} item={item} draft={draft} group={article?.group ?? null} onChange={onChange} />
      )}
      <Button
        h={60}
        fz="lg"
        variant={isWritten(draft) ? 'filled' : 'default'}
        rightSection={<IconArrowRight size={24} aria-hidden />}
        onClick={onDone}
      >
        {isWritten(draft) ? t('item.next') : t('item.later')}
      </Button>
    </Stack>
  );
}

function Pieces({ item, draft, onChange }: FieldProps & { item: Item }) {
  const { t } = useTranslation('warehouse');
  const set = (quantity: number) => onChange(withQuantity(draft, Math.min(item.quantity, Math.max(1, quantity))));
  const rest = item.quantity - draft.quantity;
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap" role="group" aria-label={t('item.pieces')}>
        <Text fw={600}>{t('item.pieces')}</Text>
        <Group gap="xs" wrap="nowrap">
          <ActionIcon
            size={56}
            variant="default"
            aria-label={t('item.fewer')}
            disabled={draft.quantity <= 1}
            onClick={() => set(draft.quantity - 1)}
          >
            <IconMinus size={26} aria-hidden />
          </ActionIcon>
          <Text fz={28} fw={650} miw={64} ta="center" className="tabular" role="status">
            {draft.quantity}
            <Text span c="dimmed" fz="md">
              {` / ${item.quantity}`}
            </Text>
          </Text>
          <ActionIcon
            size={56}
            variant="default"
            aria-label={t('item.more')}
            disabled={draft.quantity >= item.quantity}
            onClick={() => set(draft.quantity + 1)}
          >
            <IconPlus size={26} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      {rest > 0 && (
        <Text c="dimmed" fz="sm">
          {t('item.rest', { count: rest })}
        </Text>
      )}
    </Stack>
  );
}

function Questions({ checklist, draft, onChange }: FieldProps & { checklist: Checklist }) {
  const { t } = useTranslation('warehouse');
  const told = useTold();
  const answer = (question: string, option: string) => {
    const answers = { ...draft.answers, [question]: option };
    const grade = suggestGrade(checklist, answers);
    onChange({ answers, ...(grade ? { grade } : {}) });
  };
  const suggested = suggestGrade(checklist, draft.answers);
  return (
    <Stack gap="sm">
      {checklist.questions.map((question) => (
        <ChoiceChips
          key={question.code}
          label={told(question)}
          options={question.options.map((option) => ({ value: option.code, label: told(option) }))}
          value={draft.answers[question.code]}
          onChange={(option) => answer(question.code, option)}
        />
      ))}
      {suggested && (
        <Text c="dimmed" role="status">
          {t('item.suggestedGrade', { grade: suggested })}
        </Text>
      )}
    </Stack>
  );
}
