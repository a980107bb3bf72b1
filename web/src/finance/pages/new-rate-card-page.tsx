import { Checkbox, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { firstDayOf, monthOf } from '../../../../shared/kernel/dates.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import type { Draft } from '../rate-cards/card.ts';
import { EditorBar } from '../rate-cards/editor/editor-bar.tsx';
import { useRateErrors } from '../rate-cards/editor/rate-errors.ts';
import { useCheck } from '../rate-cards/editor/use-check.ts';
import { VersionEditor } from '../rate-cards/editor/version-editor.tsx';
import { houseToday } from '../runs/cutoffs.ts';

/** A card that does not exist yet, with its first version. */
export function NewRateCardPage() {
  const { t } = useTranslation('finance');
  const navigate = useNavigate();
  const [first] = useState((): Draft => ({
    validFrom: firstDayOf(monthOf(houseToday())),
    rules: [],
    adjustments: [],
    minimums: [],
  }));
  const [draft, setDraft] = useState(first);
  const [head, setHead] = useState<Head>({ name: '', code: '', merchantId: null, isBase: false });
  const save = useApiMutation('POST /rate-cards');
  const check = useCheck(undefined, !head.isBase);
  const error = save.error ?? check.error;
  const errorOf = useRateErrors(error, draft, save.error ? 'versions.0.' : check.prefix);
  const change = (next: Draft) => {
    if (next.rules.length < draft.rules.length) save.reset();
    check.forget();
    setDraft(next);
  };
  const look = (onFine?: () => void) => {
    save.reset();
    check.ask(draft, onFine);
  };
  const store = () => {
    check.forget();
    const fields = { ...head, name: head.name.trim(), code: head.code.trim() };
    save.mutate(
      { ...fields, currency: 'EUR', versions: [{ version: 1, ...draft }] },
      {
        onSuccess: ({ id }) => {
          notifications.show({ message: t('editor.made') });
          void navigate({ to: '/finance/rate-cards/$id', params: { id }, ignoreBlocker: true });
        },
      },
    );
  };
  return (
    <>
      <PageHeader title={t('cards.new')} back="/finance/rate-cards" lead={t('editor.newLead')} />
      <Stack gap="lg">
        <HeadFields head={head} onChange={setHead} error={save.error} />
        <Section title={t('editor.validity')}>
          <TextInput
            type="date"
            w={{ base: '100%', sm: 240 }}
            label={t('cards.validFrom')}
            value={draft.validFrom}
            error={errorOf('validFrom')}
            onChange={({ currentTarget }) => change({ ...draft, validFrom: currentTarget.value })}
          />
        </Section>
        <VersionEditor draft={draft} onChange={change} errorOf={errorOf} />
        <EditorBar
          isDirty={(draft !== first || Boolean(head.name || head.code)) && !save.isSuccess}
          error={error}
          warnings={check.warnings}
          isChecking={check.isPending}
          isSaving={save.isPending}
          saveLabel={t('editor.create')}
          onCheck={() => look()}
          onSave={() => (check.warnings ? store() : look(store))}
        />
      </Stack>
    </>
  );
}

interface Head {
  name: string;
  code: string;
  merchantId: string | null;
  isBase: boolean;
}

function HeadFields({ head, onChange, error }: { head: Head; onChange: (head: Head) => void; error: unknown }) {
  const { t } = useTranslation('finance');
  const wrong = useFieldErrors(error);
  return (
    <Section title={t('cards.head')}>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <TextInput
          label={t('cards.name')}
          required
          maxLength={120}
          value={head.name}
          error={wrong('name')}
          onChange={({ currentTarget }) => onChange({ ...head, name: currentTarget.value })}
        />
        <TextInput
          label={t('cards.code')}
          required
          maxLength={60}
          value={head.code}
          error={wrong('code')}
          onChange={({ currentTarget }) => onChange({ ...head, code: currentTarget.value })}
        />
        <MerchantSelect
          withNumber
          label={t('cards.for')}
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
        onChange={({ currentTarget }) =>
          onChange({
            ...head,
            isBase: currentTarget.checked,
            merchantId: currentTarget.checked ? null : head.merchantId,
          })
        }
      />
    </Section>
  );
}
