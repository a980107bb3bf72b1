import { Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, hasCode } from '../../app/api/errors.ts';
import { useApi } from '../../app/api/queries.ts';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { hasNumberFault } from '../../shared/number-fault.ts';
import { Section } from '../../shared/section.tsx';
import { useStep } from '../debits/step-mutation.ts';
import { UnsavedBar } from '../settings/unsaved-bar.tsx';
import { BaseRates } from './base-rates.tsx';
import { bodyOf, draftOf, type Settings, type SettingsDraft } from './settings-draft.ts';
import { SettingsFields } from './settings-fields.tsx';

/** When which letter is due and what it costs, and the base rate that interest goes by. */
export function DunningSettings() {
  const { t } = useTranslation('dunning');
  const query = useApi('GET /dunning-settings', {});
  return (
    <Stack gap="lg">
      <Section title={t('settings.levels')} query={query}>
        {query.data && <Form settings={query.data} />}
      </Section>
      <BaseRates />
    </Stack>
  );
}

/** What is typed is based on the version it began with, so that nobody's change is written over unseen. */
function Form({ settings }: { settings: Settings }) {
  const { t } = useTranslation('dunning');
  const save = useStep('PUT /dunning-settings');
  const [typed, setTyped] = useState<{ draft: SettingsDraft; version: number }>();
  const errorOf = useFieldErrors(save.error);
  const draft = typed?.draft ?? draftOf(settings);
  const isStale = hasCode(save.error, 'VERSION_STALE');
  const isOfFields = save.error instanceof ApiError && save.error.errors.length > 0;
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isOfFields) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [save.error, isOfFields]);
  const discard = () => {
    save.reset();
    setTyped(undefined);
  };
  const store = () => {
    if (!typed || hasNumberFault(form.current)) return;
    const onSuccess = () => {
      setTyped(undefined);
      notifications.show({ message: t('settings.saved') });
    };
    save.mutate({ ...bodyOf(typed.draft), $options: { ifMatch: typed.version } }, { onSuccess });
  };
  return (
    <Stack gap="md" ref={form}>
      <SettingsFields
        draft={draft}
        errorOf={errorOf}
        onChange={(patch) => setTyped({ draft: { ...draft, ...patch }, version: typed?.version ?? settings.version })}
      />
      <LeaveGuard isDirty={typed !== undefined} part="view" />
      {typed && (
        <UnsavedBar
          error={save.error}
          isOfFields={isOfFields}
          stale={isStale && t('settings.stale')}
          words={{ unsaved: t('settings.unsaved'), discard: t('settings.discard'), save: t('settings.save') }}
          isSaving={save.isPending}
          onDiscard={discard}
          onSave={store}
        />
      )}
    </Stack>
  );
}
