import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../app/api/errors.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { Notice } from '../../shared/notice.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { bodyOf, draftOf, type Proposal, type Settings } from '../exports/settings-draft.ts';
import { SettingsForm } from '../exports/settings-form.tsx';
import { VersionedForm } from '../settings/versioned-form.tsx';

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

function Form({ settings, proposal }: { settings: Settings | undefined; proposal: Proposal }) {
  const { t } = useTranslation('exports');
  const save = useApiMutation('PUT /accounting-settings');
  return (
    <VersionedForm
      stored={draftOf(settings, proposal)}
      version={settings?.version}
      save={save}
      onSave={(draft, $options, then) => save.mutate({ ...bodyOf(draft), $options }, then)}
      words={{
        saved: t('settings.saved'),
        stale: t('settings.stale'),
        ...{ unsaved: t('settings.unsaved'), discard: t('settings.discard'), save: t('settings.save') },
      }}
    >
      {(fields) => (
        <>
          {!settings && <Notice tone="warn">{t('settings.missing')}</Notice>}
          <SettingsForm {...fields} />
        </>
      )}
    </VersionedForm>
  );
}
