import { Button, Stack, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Part } from '../offline/lacks.ts';
import type { Draft } from '../offline/model.ts';
import type { Phrase, Reason } from '../offline/reference.ts';
import { repeatedSerials } from '../offline/serials.ts';
import { ChoiceChips } from './choice-chips.tsx';
import { useTold } from './names.ts';

export interface FieldProps {
  draft: Draft;
  onChange: (patch: Partial<Draft>) => void;
}

const FEW = 5;
const FEW_REASONS = 4;

/** Ready findings, those for the grade first; tapping one writes it down, tapping it again takes it back. */
export function Phrases({ phrases, draft, onChange }: FieldProps & { phrases: readonly Phrase[] }) {
  const { t } = useTranslation('warehouse');
  const told = useTold();
  const [all, setAll] = useState(false);
  const fitting = phrases.filter(({ grades }) => !grades || (draft.grade && grades.includes(draft.grade)));
  const others = phrases.filter((phrase) => !fitting.includes(phrase));
  const shown = all ? [...fitting, ...others] : fitting.slice(0, FEW);
  const sentences = draft.note.split('\n');
  const toggle = (id: string) => {
    const text = told(phrases.find((phrase) => phrase.id === id)!);
    const note = sentences.includes(text) ? sentences.filter((one) => one !== text) : [...sentences, text];
    onChange({ note: note.filter(Boolean).join('\n') });
  };
  return (
    <Stack gap="xs" data-part={'finding' satisfies Part}>
      <ChoiceChips
        label={t('item.finding')}
        options={shown.map((phrase) => ({ value: phrase.id, label: told(phrase) }))}
        value={phrases.filter((phrase) => sentences.includes(told(phrase))).map(({ id }) => id)}
        onChange={toggle}
      />
      {shown.length < phrases.length && (
        <Button variant="subtle" h={48} w="fit-content" px="xs" onClick={() => setAll(true)}>
          {t('item.morePhrases')}
        </Button>
      )}
      <Textarea
        aria-label={t('item.note')}
        placeholder={t('item.notePlaceholder')}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={2_000}
        value={draft.note}
        onChange={({ currentTarget }) => onChange({ note: currentTarget.value })}
      />
    </Stack>
  );
}

/** One number per piece. */
export function Serials({ draft, onChange }: FieldProps) {
  const { t } = useTranslation('warehouse');
  const set = (index: number, number: string) => {
    const serialNumbers = Array.from({ length: draft.quantity }, (_, at) => draft.serialNumbers[at] ?? '');
    serialNumbers[index] = number;
    onChange({ serialNumbers });
  };
  const repeated = repeatedSerials(draft.serialNumbers);
  return (
    <Stack gap="xs" data-part={'serials' satisfies Part}>
      {Array.from({ length: Math.min(draft.quantity, 20) }, (_, index) => (
        <TextInput
          key={index}
          data-scan
          label={t('item.serial', { index: index + 1 })}
          value={draft.serialNumbers[index] ?? ''}
          maxLength={60}
          error={repeated.has(index) && t('serials.repeated')}
          autoComplete="off"
          onChange={({ currentTarget }) => set(index, currentTarget.value)}
        />
      ))}
    </Stack>
  );
}

/** Why it came back. What the consumer said is taken over, else a few are shown; the others are one tap away. */
export function Reasons({ reasons, draft, onChange }: FieldProps & { reasons: readonly Reason[] }) {
  const { t } = useTranslation('warehouse');
  const told = useTold();
  const [all, setAll] = useState(false);
  // what was known at the beginning: a tap must not take the other choices away
  const [given] = useState(draft.reason);
  const few = given ? reasons.filter(({ code }) => code === given) : reasons.slice(0, FEW_REASONS);
  const shown = all ? reasons : reasons.filter((one) => few.includes(one) || one.code === draft.reason);
  if (!reasons.length) return null;
  return (
    <Stack gap={4}>
      <ChoiceChips
        label={t('item.reason')}
        options={shown.map((reason) => ({ value: reason.code, label: told(reason) }))}
        value={draft.reason}
        onChange={(reason) => onChange({ reason: draft.reason === reason ? '' : reason })}
      />
      {shown.length < reasons.length && (
        <Button variant="subtle" h={48} w="fit-content" px="xs" onClick={() => setAll(true)}>
          {t('item.moreReasons')}
        </Button>
      )}
    </Stack>
  );
}
