import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../app/api/errors.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { Notice } from '../../shared/notice.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { bodyOf, draftOf, type Issuer } from '../settings/issuer-draft.ts';
import { LogoCard } from '../settings/logo-card.tsx';
import { SettingsForm } from '../settings/settings-form.tsx';
import { VersionedForm } from '../settings/versioned-form.tsx';

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

function Settings({ issuer }: { issuer: Issuer | undefined }) {
  const { t } = useTranslation('finance');
  const save = useApiMutation('PUT /issuer');
  return (
    <VersionedForm
      stored={draftOf(issuer)}
      version={issuer?.version}
      save={save}
      onSave={(draft, $options, then) => save.mutate({ ...bodyOf(draft), $options }, then)}
      words={{
        saved: t('billing.saved'),
        stale: t('billing.stale'),
        ...{ unsaved: t('billing.unsaved'), discard: t('billing.discard'), save: t('billing.save') },
      }}
    >
      {({ onSavedApart, ...fields }) => (
        <>
          {!issuer && <Notice tone="warn">{t('billing.notSetUp')}</Notice>}
          <SettingsForm {...fields} />
          {issuer && <LogoCard issuer={issuer} onSaved={onSavedApart} />}
        </>
      )}
    </VersionedForm>
  );
}
