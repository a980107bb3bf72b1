import { Button, SegmentedControl, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { ExportHistory } from '../exports/history.tsx';
import { MakeExport } from '../exports/make-export.tsx';

const VIEWS = ['make', 'history'] as const;

/** Files for the tax adviser and the tax office: making them, and what was made. */
export function ExportsPage() {
  const { t } = useTranslation('exports');
  const { values, change } = useUrlFilters(['view']);
  const view = VIEWS.find((one) => one === values.view) ?? 'make';
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        actions={
          <Button variant="default" component={Link} to="/finance/exports/settings">
            {t('settings.title')}
          </Button>
        }
      />
      <Stack gap="lg">
        <SegmentedControl
          aria-label={t('view')}
          fullWidth
          value={view}
          onChange={(next) => change({ view: next })}
          data={VIEWS.map((value) => ({ value, label: t(`views.${value}`) }))}
        />
        {view === 'make' && <MakeExport />}
        {view === 'history' && <ExportHistory />}
      </Stack>
    </>
  );
}
