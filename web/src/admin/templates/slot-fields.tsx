import { Button, Group, Stack, Text, Textarea, TextInput, UnstyledButton } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './templates.module.css';
import type { Slot, Template, TemplateDraft } from './template-draft.ts';

export interface SlotFieldsProps {
  template: Template;
  draft: TemplateDraft;
  errorOf: (path: string) => string | undefined;
}

type Field = HTMLInputElement | HTMLTextAreaElement;

/** The texts of a mail, and what they may name: a tap puts it where the cursor was. */
export function SlotFields({ template, draft, errorOf }: SlotFieldsProps) {
  const { t } = useTranslation('admin');
  const last = useRef<{ slot: Slot; field: Field } | undefined>(undefined);
  const insert = (name: string) => {
    const { slot, field } = last.current ?? { slot: template.slots[0]!, field: undefined };
    const text = draft.textOf(slot);
    const [from, to] = [field?.selectionStart ?? text.length, field?.selectionEnd ?? text.length];
    const placed = `{{${name}}}`;
    draft.set(slot, text.slice(0, from) + placed + text.slice(to));
    // after the new text stands in the field
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(from + placed.length, from + placed.length);
    });
  };
  return (
    <Stack gap="lg">
      {template.slots.map((slot) => (
        <SlotField
          key={slot.name}
          slot={slot}
          draft={draft}
          error={errorOf(`texts.${slot.name}`)}
          onFocus={(field) => (last.current = { slot, field })}
        />
      ))}
      <div role="group" aria-label={t('templates.placeholders')}>
        <Text fw={600}>{t('templates.placeholders')}</Text>
        <Text c="dimmed" fz="sm" mb="xs">
          {t('templates.placeholdersHint')}
        </Text>
        <div className={classes.placeholders}>
          {template.placeholders.map(({ name, sample }) => (
            <UnstyledButton
              key={name}
              className={classes.placeholder}
              title={sample}
              aria-label={t('templates.insert', { name, sample })}
              // the field keeps its cursor
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => insert(name)}
            >
              {name}
            </UnstyledButton>
          ))}
        </div>
      </div>
    </Stack>
  );
}

interface SlotFieldProps {
  slot: Slot;
  draft: TemplateDraft;
  error: string | undefined;
  onFocus: (field: Field) => void;
}

function SlotField({ slot, draft, error, onFocus }: SlotFieldProps) {
  const { t } = useTranslation('admin');
  const text = draft.textOf(slot);
  const isOwn = text !== slot.standard;
  const field = {
    label: t(`templates.slot.${slot.name}`),
    description: t(`templates.slotHint.${slot.name}`),
    required: slot.mandatory,
    maxLength: slot.maxLength,
    value: text,
    error,
    onChange: ({ currentTarget }: { currentTarget: Field }) => draft.set(slot, currentTarget.value),
    onFocus: ({ currentTarget }: { currentTarget: Field }) => onFocus(currentTarget),
  };
  return (
    <div>
      {slot.multiline ? <Textarea {...field} autosize minRows={3} maxRows={14} /> : <TextInput {...field} />}
      {isOwn && (
        <Group justify="space-between" gap="xs" mt={4}>
          <Text fz="sm" c="dimmed" style={{ flex: '1 1 14rem' }}>
            {t('templates.standardIs', { text: slot.standard || t('templates.nothing') })}
          </Text>
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t('templates.resetSlot', { slot: t(`templates.slot.${slot.name}`) })}
            onClick={() => draft.set(slot, slot.standard)}
          >
            {t('templates.useStandard')}
          </Button>
        </Group>
      )}
    </div>
  );
}
