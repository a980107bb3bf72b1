import { Skeleton, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, hasCode } from '../../app/api/errors.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { Notice } from '../../shared/notice.tsx';
import { hasNumberFault } from '../../shared/number-fault.ts';
import { PageHeader } from '../../shared/page-header.tsx';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { bodyOf, draftOf, type Issuer, type IssuerDraft } from '../settings/issuer-draft.ts';
import { LogoCard } from '../settings/logo-card.tsx';
import { SettingsForm } from '../settings/settings-form.tsx';
import { UnsavedBar } from '../settings/unsaved-bar.tsx';

/** How the house bills, and who stands on its invoices. */
export function SettingsPage() {
  const { t } = useTranslation('finance');
  const { data, error, refetch, isFetched } = useApi('GET /issuer', {}, { live: true });
  // while it is asked again there is no error, and what was typed must stay
  const isMissing = !data && isFetched && (!error || (error instanceof ApiError && error.status === 404));
  return (
    <>
      <PageHeader title={t('billing.title')} lead={t('billing.lead')} />
      {error && !data && !isMissing && <ErrorState error={error} onRetry={refetch} />}
      {!data && !error && !isMissing && <Skeleton h={320} radius="md" />}
      {(data || isMissing) && <Settings issuer={data} />}
    </>
  );
}

/** What is typed is based on the version it began with, so that nobody's change is written over unseen. */
function Settings({ issuer }: { issuer: Issuer | undefined }) {
  const { t } = useTranslation('finance');
  const [typed, setTyped] = useState<{ draft: IssuerDraft; version: number }>();
  const save = useApiMutation('PUT /issuer');
  const errorOf = useFieldErrors(save.error);
  const draft = typed?.draft ?? draftOf(issuer);
  const isStale = hasCode(save.error, 'VERSION_STALE');
  const isOfFields = save.error instanceof ApiError && save.error.errors.length > 0;
  const form = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // the page is long, and what is wrong may stand far above the button
    if (isOfFields) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [save.error, isOfFields]);
  const discard = () => {
    save.reset();
    setTyped(undefined);
  };
  const store = () => {
    if (!typed || hasNumberFault(document)) return;
    const $options = typed.version ? { ifMatch: typed.version } : {};
    save.mutate(
      { ...bodyOf(typed.draft), $options },
      {
        onSuccess: () => {
          setTyped(undefined);
          notifications.show({ message: t('billing.saved') });
        },
      },
    );
  };
  return (
    <Stack gap="lg" ref={form}>
      {!issuer && <Notice tone="warn">{t('billing.notSetUp')}</Notice>}
      <SettingsForm
        draft={draft}
        onChange={(patch) =>
          setTyped({ draft: { ...draft, ...patch }, version: typed?.version ?? issuer?.version ?? 0 })
        }
        errorOf={errorOf}
      />
      {issuer && <LogoCard issuer={issuer} />}
      <LeaveGuard isDirty={typed !== undefined} />
      {typed && (
        <UnsavedBar
          error={save.error}
          isOfFields={isOfFields}
          stale={isStale && t('billing.stale')}
          words={{ unsaved: t('billing.unsaved'), discard: t('billing.discard'), save: t('billing.save') }}
          isSaving={save.isPending}
          onDiscard={discard}
          onSave={store}
        />
      )}
    </Stack>
  );
}
