import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { Section } from '../../shared/section.tsx';
import { useStep } from '../debits/step-mutation.ts';
import { VersionedForm } from '../settings/versioned-form.tsx';
import { BaseRates } from './base-rates.tsx';
import { bodyOf, draftOf, type Settings } from './settings-draft.ts';
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

function Form({ settings }: { settings: Settings }) {
  const { t } = useTranslation('dunning');
  const save = useStep('PUT /dunning-settings');
  return (
    <VersionedForm
      stored={draftOf(settings)}
      version={settings.version}
      save={save}
      onSave={(draft, $options, then) => save.mutate({ ...bodyOf(draft), $options }, then)}
      words={{
        saved: t('settings.saved'),
        stale: t('settings.stale'),
        ...{ unsaved: t('settings.unsaved'), discard: t('settings.discard'), save: t('settings.save') },
      }}
      part="view"
    >
      {(fields) => <SettingsFields {...fields} />}
    </VersionedForm>
  );
}
