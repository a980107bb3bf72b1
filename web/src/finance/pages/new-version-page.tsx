import { Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { addDays, addMonths, firstDayOf, monthOf } from '../../../../shared/kernel/dates.ts';
import { Notice } from '../../shared/notice.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { latestOf, type Card, type Draft } from '../rate-cards/card.ts';
import { EditorBar } from '../rate-cards/editor/editor-bar.tsx';
import { useRateErrors } from '../rate-cards/editor/rate-errors.ts';
import { useCheck } from '../rate-cards/editor/use-check.ts';
import { VersionEditor } from '../rate-cards/editor/version-editor.tsx';
import { WhatIf } from '../rate-cards/what-if.tsx';
import { houseToday } from '../runs/cutoffs.ts';

/** The next version of a card, which starts as a copy of the latest. */
export function NewVersionPage() {
  const { t } = useTranslation('finance');
  const { id } = useParams({ from: '/session/finance/rate-cards/$id/new' });
  // what somebody types into stays what it is, whatever is stored meanwhile
  const { data: card, error, refetch } = useApi('GET /rate-cards/{id}', { id });
  if (error && !card) return <PageError error={error} onRetry={refetch} back="/finance/rate-cards" />;
  return (
    <>
      <PageHeader title={t('editor.title')} back={`/finance/rate-cards/${id}`} lead={card?.name} />
      {card ? <Editor card={card} /> : <Skeleton h={320} radius="md" />}
    </>
  );
}

function Editor({ card }: { card: Card }) {
  const { t } = useTranslation('finance');
  const navigate = useNavigate();
  const [first] = useState((): Draft => {
    const { rules, adjustments, minimums } = latestOf(card);
    return { validFrom: firstDayOf(addMonths(monthOf(houseToday()), 1)), rules, adjustments, minimums };
  });
  const [base] = useState(() => latestOf(card).version);
  const [draft, setDraft] = useState(first);
  const save = useApiMutation('POST /rate-cards/{id}/versions');
  const check = useCheck(card.id);
  const error = save.error ?? check.error;
  const errorOf = useRateErrors(error, draft, save.error ? '' : check.prefix);
  const change = (next: Draft) => {
    // places of rules move when one goes; what is told of them would point at others
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
    save.mutate(
      { id: card.id, version: base + 1, ...draft },
      {
        onSuccess: () => {
          notifications.show({ message: t('editor.saved', { version: base + 1 }) });
          void navigate({
            to: '/finance/rate-cards/$id',
            params: { id: card.id },
            search: { version: String(base + 1) } as never,
            ignoreBlocker: true,
          });
        },
      },
    );
  };
  return (
    <Stack gap="lg">
      <Section title={t('editor.validity')}>
        <TextInput
          type="date"
          w={{ base: '100%', sm: 240 }}
          label={t('cards.validFrom')}
          value={draft.validFrom}
          error={errorOf('validFrom')}
          onChange={({ currentTarget }) => change({ ...draft, validFrom: currentTarget.value })}
        />
        {draft.validFrom && draft.validFrom < addDays(houseToday(), 1) && (
          <Notice tone="warn">{t('editor.inThePast')}</Notice>
        )}
        <Text c="dimmed" fz="sm">
          {t('editor.copyOf', { version: base })}
        </Text>
      </Section>
      <VersionEditor draft={draft} onChange={change} errorOf={errorOf} />
      <Section title={t('whatIf.title')}>
        <WhatIf card={card} draft={draft} />
      </Section>
      <EditorBar
        isDirty={draft !== first && !save.isSuccess}
        error={error}
        warnings={check.warnings}
        isChecking={check.isPending}
        isSaving={save.isPending}
        saveLabel={t('editor.save', { version: base + 1 })}
        onCheck={() => look()}
        onSave={() => (check.warnings ? store() : look(store))}
      />
    </Stack>
  );
}
