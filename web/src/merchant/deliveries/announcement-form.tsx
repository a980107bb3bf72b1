import { ActionIcon, Button, Card, Group, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../shared/error-state.tsx';
import { ExactNumber } from '../../shared/exact-number.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { hasNumberFault } from '../../shared/number-fault.ts';
import { emptyLine, toLines, type Announcement, type FormLine } from './lines.ts';
import { Paste } from './paste.tsx';

export interface AnnouncementFormProps {
  announced: Announcement;
  label: string;
  busy: boolean;
  error: Error | null;
  onSubmit: (given: Omit<Announcement, 'lines'> & { lines: ReturnType<typeof toLines> }) => void;
}

/** When it comes, how much of it, and what is in it. */
export function AnnouncementForm({ announced, label, busy, error, onSubmit }: AnnouncementFormProps) {
  const [form, setForm] = useState(announced);
  const { reference, expectedOn, lines } = form;
  const submit = (event: FormEvent<HTMLElement>) => {
    event.preventDefault();
    if (hasNumberFault(event.currentTarget)) return;
    onSubmit({ ...form, reference: reference.trim(), note: form.note.trim(), lines: toLines(lines) });
  };
  return (
    <Stack gap="md" component="form" onSubmit={submit}>
      <Head form={form} error={error} onChange={(patch) => setForm({ ...form, ...patch })} />
      <Lines lines={lines} onChange={(next) => setForm({ ...form, lines: next })} />
      {error && <ErrorState error={error} />}
      <Button
        type="submit"
        size="md"
        w="fit-content"
        loading={busy}
        disabled={!reference.trim() || !expectedOn || !toLines(lines).length}
      >
        {label}
      </Button>
    </Stack>
  );
}

interface HeadProps {
  form: Announcement;
  error: Error | null;
  onChange: (patch: Partial<Announcement>) => void;
}

function Head({ form, error, onChange }: HeadProps) {
  const { t } = useTranslation('deliveries');
  const faultOf = useFieldErrors(error);
  return (
    <Card>
      <Stack gap="md">
        <Group gap="md" align="flex-start">
          <TextInput
            label={t('merchant.reference')}
            required
            maxLength={80}
            flex={1}
            miw={220}
            value={form.reference}
            error={faultOf('reference')}
            onChange={({ currentTarget }) => onChange({ reference: currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t('merchant.expectedOn')}
            required
            w={180}
            value={form.expectedOn}
            error={faultOf('expectedOn')}
            onChange={({ currentTarget }) => onChange({ expectedOn: currentTarget.value })}
          />
          <ExactNumber
            label={t('merchant.expectedPallets')}
            w={110}
            min={0}
            max={10_000}
            value={form.expectedPallets}
            onChange={(expectedPallets) => onChange({ expectedPallets })}
          />
          <ExactNumber
            label={t('merchant.expectedCartons')}
            w={110}
            min={0}
            max={10_000}
            value={form.expectedCartons}
            onChange={(expectedCartons) => onChange({ expectedCartons })}
          />
        </Group>
        <Textarea
          label={t('merchant.note')}
          autosize
          minRows={2}
          maxLength={1_000}
          value={form.note}
          onChange={({ currentTarget }) => onChange({ note: currentTarget.value })}
        />
      </Stack>
    </Card>
  );
}

function Lines({ lines, onChange }: { lines: FormLine[]; onChange: (lines: FormLine[]) => void }) {
  const { t } = useTranslation('deliveries');
  const change = (key: string, patch: Partial<FormLine>) =>
    onChange(lines.map((line) => (line.key === key ? { ...line, ...patch } : line)));
  return (
    <Card component="section" aria-label={t('merchant.lines')}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('merchant.lines')}
        </Title>
        {lines.map((line, index) => (
          <Line
            key={line.key}
            line={line}
            position={index + 1}
            onChange={(patch) => change(line.key, patch)}
            {...(lines.length > 1 ? { onRemove: () => onChange(lines.filter(({ key }) => key !== line.key)) } : {})}
          />
        ))}
        <Group gap="sm">
          <Button
            variant="subtle"
            leftSection={<IconPlus size={18} aria-hidden />}
            onClick={() => onChange([...lines, emptyLine()])}
          >
            {t('merchant.addLine')}
          </Button>
          <Paste onTake={(pasted) => onChange([...lines.filter(({ sku }) => sku.trim()), ...pasted])} />
        </Group>
      </Stack>
    </Card>
  );
}

interface LineProps {
  line: FormLine;
  position: number;
  onChange: (patch: Partial<FormLine>) => void;
  onRemove?: () => void;
}

function Line({ line, position, onChange, onRemove }: LineProps) {
  const { t } = useTranslation('deliveries');
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        label={t('merchant.sku')}
        aria-label={t('merchant.skuOf', { line: position })}
        maxLength={80}
        w={160}
        value={line.sku}
        onChange={({ currentTarget }) => onChange({ sku: currentTarget.value })}
      />
      <TextInput
        label={t('merchant.name')}
        aria-label={t('merchant.nameOf', { line: position })}
        maxLength={300}
        flex={1}
        miw={160}
        value={line.name}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      <ExactNumber
        label={t('merchant.quantity')}
        aria-label={t('merchant.quantityOf', { line: position })}
        w={110}
        min={1}
        max={1_000_000}
        value={line.quantity}
        onChange={(value) => onChange({ quantity: value ?? 0 })}
      />
      {onRemove && (
        <ActionIcon
          variant="subtle"
          size={42}
          aria-label={t('merchant.removeLine', { line: position })}
          onClick={onRemove}
        >
          <IconTrash size={20} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  );
}
