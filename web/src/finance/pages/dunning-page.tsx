import { SegmentedControl, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { ClaimList } from '../dunning/claim-list.tsx';
import { DunningLetterList } from '../dunning/letter-list.tsx';
import { DunningRunList, ProposeDunning } from '../dunning/run-list.tsx';
import { DunningSettings } from '../dunning/settings.tsx';
import { SetStop, StopList } from '../dunning/stops.tsx';

const VIEWS = ['runs', 'letters', 'claims', 'stops', 'settings'] as const;

/** Dunning: runs, letters, what they claim, who is left alone, and by which rules. */
export function DunningPage() {
  const { t } = useTranslation('dunning');
  const { values, change } = useUrlFilters(['view']);
  const view = VIEWS.find((one) => one === values.view) ?? 'runs';
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            {view === 'runs' && <ProposeDunning />}
            {view === 'stops' && <SetStop />}
          </>
        }
      />
      <Stack gap="md">
        <SegmentedControl
          aria-label={t('view')}
          fullWidth
          withItemsBorders={false}
          value={view}
          onChange={(next) => change({ view: next })}
          data={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))}
        />
        {view === 'runs' && <DunningRunList />}
        {view === 'letters' && <DunningLetterList />}
        {view === 'claims' && <ClaimList />}
        {view === 'stops' && <StopList />}
        {view === 'settings' && <DunningSettings />}
      </Stack>
    </>
  );
}
