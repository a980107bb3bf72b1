import { Skeleton, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, hasCode } from '../../app/api/errors.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { Notice } from '../../shared/notice.tsx';
import { hasNumberFault } from '../../shared/number-fault.ts';
import { PageHeader } from '../../shared/page-header.tsx';
import { bodyOf, draftOf, type Proposal, type Settings, type SettingsDraft } from '../exports/settings-draft.ts';
import { SettingsForm } from '../exports/settings-form.tsx';
import { UnsavedBar } from '../settings/unsaved-bar.tsx';

/** How the books are kept that exports are for. */
export function AccountingSettingsPage() {
  const { t } = useTranslation('exports');
  const settings = useApi('GET /accounting-settings', {});
  const proposal = useApi('GET /accounting-settings/proposal', { chart: 'SKR03' });
  // while it is asked again there is no error, and what was typed must stay
  const isMissing = !settings.data && settings.isFetched && (!settings.error || isNotFound(settings.error));
  const error = isMissing ? proposal.error : (settings.error ?? proposal.error);
  const isReady = proposal.data && (settings.data || isMissing);
  return (
    <>
      <PageHeader title={t('settings.title')} lead={t('settings.lead')} back="/finance/exports" />
      {error && !isReady && <ErrorState error={error} onRetry={() => void settings.refetch()} />}
      {!isReady && !error && <Skeleton h={320} radius="md" />}
      {proposal.data && isReady && <Form settings={settings.data} proposal={proposal.data} />}
    </>
  );
}

const isNotFound = (error: Error) => error instanceof ApiError && error.status === 404;

/** What is typed is based on the version it began with, so that nobody's change is written over unseen. */
function Form({ settings, proposal }: { settings: Settings | undefined; proposal: Proposal }) {
  const { t } = useTranslation('exports');
  const [typed, setTyped] = useState<{ draft: SettingsDraft; version: number }>();
  const save = useApiMutation('PUT /accounting-settings');
  const errorOf = useFieldErrors(save.error);
  const draft = typed?.draft ?? draftOf(settings, proposal);
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
    if (hasNumberFault(document)) return;
    const $options = typed?.version ? { ifMatch: typed.version } : {};
    const onSuccess = () => {
      setTyped(undefined);
      notifications.show({ message: t('settings.saved') });
    };
    save.mutate({ ...bodyOf(draft), $options }, { onSuccess });
  };
  return (
    <Stack gap="lg" ref={form}>
      {!settings && <Notice tone="warn">{t('settings.missing')}</Notice>}
      <SettingsForm
        draft={draft}
        errorOf={errorOf}
        onChange={(patch) =>
          // a patch may come after an answer of the server, when more was typed
          setTyped((was) => ({
            draft: { ...(was?.draft ?? draftOf(settings, proposal)), ...patch },
            version: was?.version ?? settings?.version ?? 0,
          }))
        }
      />
      <LeaveGuard isDirty={typed !== undefined} />
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
