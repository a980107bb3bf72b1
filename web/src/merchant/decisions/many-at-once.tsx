import { Card, Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { Deadline } from '../../shared/questions/deadline.tsx';
import { GradeBadge } from '../../shared/grade.tsx';
import { PhotoGrid } from '../../shared/photo-grid.tsx';
import { isFinal, type Disposition } from '../../shared/questions/question.ts';
import classes from './many-at-once.module.css';
import type { OneByOneProps } from './one-by-one.tsx';
import { MOST_AT_ONCE, useDecide, type OpenQuestion } from './use-decide.ts';

/** Many questions with the same answer: select, choose, confirm what will happen. */
export function ManyAtOnce({ questions, onDone }: OneByOneProps) {
  const { t } = useTranslation('merchant');
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const selected = questions.filter(({ itemId }) => ids.has(itemId)).slice(0, MOST_AT_ONCE);
  const all = selected.length === Math.min(questions.length, MOST_AT_ONCE);
  const toggle = (itemId: string) => setIds(ids.symmetricDifference(new Set([itemId])));
  return (
    <Stack gap="sm">
      <Checkbox
        size="md"
        label={t('decisions.selectAll')}
        checked={all}
        indeterminate={selected.length > 0 && !all}
        onChange={() => setIds(new Set(all ? [] : questions.slice(0, MOST_AT_ONCE).map(({ itemId }) => itemId)))}
      />
      <Stack gap="xs" component="ul" className={classes.list}>
        {questions.map((question) => (
          <Row
            key={question.itemId}
            question={question}
            checked={ids.has(question.itemId)}
            onToggle={() => toggle(question.itemId)}
          />
        ))}
      </Stack>
      <Bar
        key={selected.map(({ itemId }) => itemId).join()}
        selected={selected}
        onDone={(outcome) => {
          setIds(new Set());
          onDone(outcome);
        }}
      />
    </Stack>
  );
}

interface RowProps {
  question: OpenQuestion;
  checked: boolean;
  onToggle: () => void;
}

function Row({ question, checked, onToggle }: RowProps) {
  const { t } = useTranslation('records');
  const { name: given, sku, returnNumber, grade, note, photos, quantity, dueAt } = question;
  const name = given || sku || t('question.unnamed');
  return (
    <Card component="li" p="sm" data-checked={checked || undefined} className={classes.row}>
      <Group gap="md" align="flex-start" wrap="nowrap">
        <Checkbox size="md" aria-label={`${name}, ${returnNumber}`} checked={checked} onChange={onToggle} />
        <Stack gap={6} miw={0}>
          <Group gap="sm">
            {grade && <GradeBadge grade={grade} compact />}
            <Text fw={600}>{name}</Text>
          </Group>
          <Text fz="sm" c="dimmed">
            {t('question.return', { number: returnNumber })} · {t('question.pieces', { count: quantity })}
          </Text>
          <Text>{note}</Text>
          <PhotoGrid size={72} quiet photos={photos.map(({ id, links }) => ({ id, urls: links }))} />
          <Deadline dueAt={dueAt} fallback={question.default} />
        </Stack>
      </Group>
    </Card>
  );
}

interface BarProps {
  selected: readonly OpenQuestion[];
  onDone: (outcome: 'done' | 'taken') => void;
}

/** What becomes of all that is selected; only what every one of them may become. */
function Bar({ selected, onDone }: BarProps) {
  const { t } = useTranslation('merchant');
  const { t: r } = useTranslation('records');
  const decide = useDecide();
  const [disposition, setDisposition] = useState<Disposition>();
  const choices = (selected[0]?.choices ?? []).filter((one) => selected.every((other) => other.choices.includes(one)));
  const pieces = selected.reduce((sum, { quantity }) => sum + quantity, 0);
  if (!selected.length) return null;
  return (
    <div className={classes.bar}>
      <Text role="status" fw={600}>
        {t('decisions.selected', { count: selected.length })}
      </Text>
      <Group gap="sm">
        <Select
          aria-label={t('decisions.disposition')}
          placeholder={t('decisions.disposition')}
          data={choices.map((value) => ({ value, label: r(`choice.${value}.label`) }))}
          value={disposition ?? null}
          onChange={(chosen) => setDisposition((chosen as Disposition | null) ?? undefined)}
          w={230}
        />
        <ConfirmButton
          label={t('decisions.decide')}
          question={t('decisions.manyQuestion', { count: selected.length })}
          variant="filled"
          disabled={!disposition}
          danger={disposition !== undefined && isFinal(disposition)}
          onConfirm={async () =>
            onDone(
              await decide(selected.map(({ returnId, itemId }) => ({ returnId, itemId, disposition: disposition! }))),
            )
          }
          consequence={
            disposition && (
              <Stack gap={4}>
                <Text fw={600}>
                  {r('question.pieces', { count: pieces })}: {r(`choice.${disposition}.label`)}
                </Text>
                <Text>{r(`choice.${disposition}.will`)}</Text>
                <Text c="dimmed" fz="sm">
                  {t('decisions.allOrNone')}
                </Text>
              </Stack>
            )
          }
        />
      </Group>
    </div>
  );
}
