import { Group, Select, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { useFieldErrors } from '../field-errors.ts';
import { FREE, type Draft } from './draft.ts';
import type { JobUnit } from './job.ts';
import { QuantityInput } from './quantity-input.tsx';

const UNITS: readonly JobUnit[] = ['minute', 'piece', 'hour', 'job'];

interface JobFieldsProps {
  draft: Draft;
  onChange: (some: Partial<Draft>) => void;
  error: unknown;
}

/** What is to be done and how much of it there is. */
export function JobFields({ draft, onChange, error }: JobFieldsProps) {
  const { t, i18n } = useTranslation('jobs');
  const fieldError = useFieldErrors(error);
  const { data } = useApi('GET /special-job-catalogue', { limit: 200, active: 'true' });
  const entries = data?.items ?? [];
  const entry = entries.find(({ id }) => id === draft.catalogueId);
  const nameOf = ({ name }: (typeof entries)[number]) => (i18n.language === 'en' ? name.en : name.de);
  const choose = (catalogueId: string) => {
    const chosen = entries.find(({ id }) => id === catalogueId);
    onChange({
      catalogueId,
      needsApproval: chosen?.needsApproval ?? false,
      ...(chosen ? { unit: chosen.unit, description: chosen.words || nameOf(chosen) } : {}),
    });
  };
  return (
    <>
      <Select
        size="lg"
        required
        allowDeselect={false}
        label={t('form.kind')}
        description={data && !entries.length ? t('form.noCatalogue') : t('form.kindHint')}
        data={[
          ...entries.map((one) => ({ value: one.id, label: nameOf(one) })),
          { value: FREE, label: t('form.free') },
        ]}
        value={draft.catalogueId}
        onChange={(value) => value && choose(value)}
        error={fieldError('catalogueId')}
      />
      {draft.catalogueId === FREE && (
        <Group grow align="flex-start">
          <TextInput
            size="lg"
            required
            label={t('form.code')}
            maxLength={60}
            value={draft.code}
            onChange={({ currentTarget }) => onChange({ code: currentTarget.value })}
            error={fieldError('code')}
          />
          <Select
            size="lg"
            required
            allowDeselect={false}
            label={t('form.unit')}
            data={UNITS.map((value) => ({ value, label: t(`unitName.${value}`) }))}
            value={draft.unit}
            onChange={(value) => value && onChange({ unit: value as JobUnit })}
          />
        </Group>
      )}
      <TextInput
        size="lg"
        required
        label={t('form.description')}
        maxLength={200}
        value={draft.description}
        onChange={({ currentTarget }) => onChange({ description: currentTarget.value })}
        error={fieldError('description')}
      />
      <QuantityInput
        required
        min={0}
        label={t('form.estimateIn', { unit: t(`unitName.${draft.unit}`) })}
        value={draft.quantity}
        onChange={(quantity) => onChange({ quantity })}
        error={fieldError('quantity')}
      />
      <Switch
        size="lg"
        label={t('form.ask')}
        description={t(entry?.needsApproval ? 'form.askedAnyway' : 'form.askHint')}
        disabled={entry?.needsApproval ?? false}
        checked={draft.needsApproval}
        onChange={({ currentTarget }) => onChange({ needsApproval: currentTarget.checked })}
      />
    </>
  );
}
