import { Button, Group, Modal, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hasNumberFault } from '../../../shared/number-fault.ts';

/** What is edited: a new thing, or the one at a place of its list. */
export interface Edited<Item> {
  item: Item;
  index: number | null;
}

export interface EditDialogProps {
  title: string;
  onClose: () => void;
  onApply: () => void;
  canApply: boolean;
  children: ReactNode;
}

/** A dialog around the fields of one rule, surcharge or minimum; nothing of it counts before it is applied. */
export function EditDialog({ title, onClose, onApply, canApply, children }: EditDialogProps) {
  const { t } = useTranslation('finance');
  const { t: c } = useTranslation();
  const fields = useRef<HTMLDivElement>(null);
  return (
    <Modal
      opened
      size="xl"
      onClose={onClose}
      title={
        <Text span fw={650} fz="lg">
          {title}
        </Text>
      }
      closeButtonProps={{ 'aria-label': c('action.close') }}
    >
      <Stack gap="md" ref={fields}>
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {c('action.cancel')}
          </Button>
          <Button disabled={!canApply} onClick={() => hasNumberFault(fields.current) || onApply()}>
            {t('editor.apply')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface Named {
  key: string;
  label: { de: string; en: string };
}

export interface NameFieldsProps<Item extends Named> {
  item: Item;
  onChange: (item: Item) => void;
  /** The key of what was there before stays: counters and comparisons go by it. */
  isNew: boolean;
  errorOf: (path: string) => string | undefined;
}

/** What it is called on the invoice, and the key it has over all versions. */
export function NameFields<Item extends Named>({ item, onChange, isNew, errorOf }: NameFieldsProps<Item>) {
  const { t } = useTranslation('finance');
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      {(['de', 'en'] as const).map((language) => (
        <TextInput
          key={language}
          label={t(`field.label_${language}`)}
          required
          maxLength={200}
          value={item.label[language]}
          error={errorOf(`label.${language}`)}
          onChange={({ currentTarget }) =>
            onChange({ ...item, label: { ...item.label, [language]: currentTarget.value } })
          }
        />
      ))}
      <TextInput
        label={t('field.key')}
        description={isNew ? t('editor.keyHint') : t('editor.keyStays')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        required
        maxLength={60}
        disabled={!isNew}
        value={item.key}
        error={errorOf('key')}
        onChange={({ currentTarget }) => onChange({ ...item, key: currentTarget.value })}
      />
    </SimpleGrid>
  );
}

export const isNamed = ({ key, label }: Named): boolean => Boolean(key.trim() && label.de.trim() && label.en.trim());
