import { Button, Checkbox, FileInput, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../shared/error-state.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { Findings } from '../rate-cards/import/findings.tsx';
import { isStorable } from '../rate-cards/import/outcome.ts';
import { isJson, useImport, type Head } from '../rate-cards/import/use-import.ts';

const HINT_BELOW: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error'];

/** A rate card out of a file: it is checked first with every mistake by line and column, and stored afterwards. */
export function ImportRateCardPage() {
  const { t } = useTranslation('finance');
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [head, setHead] = useState<Head>({ code: '', name: '', merchantId: null, isBase: false });
  const taking = useImport();
  const json = file !== null && isJson(file);
  const change = (next: Head) => {
    taking.forget();
    setHead(next);
  };
  const choose = (chosen: File | null) => {
    taking.forget();
    setFile(chosen);
    if (chosen && !head.code) setHead({ ...head, code: chosen.name.replace(/\.[^.]*$/, '').slice(0, 60) });
  };
  const store = async () => {
    const id = file && (await taking.store(file, head));
    if (!id) return;
    notifications.show({ message: t('import.done') });
    await navigate({ to: '/finance/rate-cards/$id', params: { id } });
  };
  const { outcome, busy, error } = taking;
  return (
    <>
      <PageHeader title={t('import.title')} back="/finance/rate-cards" lead={t('import.lead')} />
      <Stack gap="lg">
        <Section title={t('cards.head')}>
          <FileInput
            size="md"
            label={t('import.file')}
            placeholder={t('import.choose')}
            accept=".csv,.json,text/csv,application/json"
            value={file}
            onChange={choose}
            clearable
            clearButtonProps={{ 'aria-label': t('start.clear') }}
            maw={420}
          />
          {json && <Text c="dimmed">{t('import.inFile')}</Text>}
          {file && !json && <HeadFields head={head} onChange={change} error={error} />}
          <Group>
            <Button
              variant={outcome ? 'default' : 'filled'}
              disabled={!file || (!json && !head.code.trim())}
              loading={busy === 'check'}
              onClick={() => file && void taking.check(file, head)}
            >
              {t('import.check')}
            </Button>
            {outcome && isStorable(outcome) && (
              <Button loading={busy === 'store'} onClick={() => void store()}>
                {t('import.save')}
              </Button>
            )}
          </Group>
        </Section>
        {error !== undefined && <ErrorState error={error} />}
        {outcome && <Findings outcome={outcome} />}
      </Stack>
    </>
  );
}

interface HeadFieldsProps {
  head: Head;
  onChange: (head: Head) => void;
  error: unknown;
}

/** What a sheet does not say of its card. */
function HeadFields({ head, onChange, error }: HeadFieldsProps) {
  const { t } = useTranslation('finance');
  const wrong = useFieldErrors(error);
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <TextInput
          label={t('cards.code')}
          description={t('import.codeHint')}
          inputWrapperOrder={HINT_BELOW}
          required
          maxLength={60}
          value={head.code}
          error={wrong('code')}
          onChange={({ currentTarget }) => onChange({ ...head, code: currentTarget.value })}
        />
        <TextInput
          label={t('cards.name')}
          description={t('import.nameHint')}
          inputWrapperOrder={HINT_BELOW}
          maxLength={120}
          value={head.name}
          error={wrong('name')}
          onChange={({ currentTarget }) => onChange({ ...head, name: currentTarget.value })}
        />
        <MerchantSelect
          withNumber
          label={t('cards.for')}
          description={t('import.nameHint')}
          inputWrapperOrder={HINT_BELOW}
          placeholder={t('cards.byContract')}
          clearButtonProps={{ 'aria-label': t('start.clear') }}
          disabled={head.isBase}
          value={head.merchantId}
          error={wrong('merchantId')}
          onChange={(merchantId) => onChange({ ...head, merchantId })}
        />
      </SimpleGrid>
      <Checkbox
        label={t('cards.makeBase')}
        checked={head.isBase}
        error={wrong('isBase')}
        onChange={({ currentTarget: { checked } }) =>
          onChange({ ...head, isBase: checked, merchantId: checked ? null : head.merchantId })
        }
      />
    </>
  );
}
