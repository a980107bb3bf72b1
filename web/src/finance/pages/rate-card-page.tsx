import { Button, SegmentedControl, Select, Skeleton, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { DateTime } from '../../shared/date-time.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { inForce, latestOf, type Card } from '../rate-cards/card.ts';
import { CopyCard } from '../rate-cards/copy-card.tsx';
import { DiffView } from '../rate-cards/diff-view.tsx';
import { ExportCard } from '../rate-cards/export-card.tsx';
import { VersionView } from '../rate-cards/version-view.tsx';
import { WhatIf } from '../rate-cards/what-if.tsx';
import { houseToday } from '../runs/cutoffs.ts';

const VIEWS = ['prices', 'diff', 'whatIf'] as const;

/** A card: its prices in every version, what changed between two of them, and what they would have brought. */
export function RateCardPage() {
  const { t } = useTranslation('finance');
  const { id } = useParams({ from: '/session/finance/rate-cards/$id' });
  const { data: card, error, refetch } = useApi('GET /rate-cards/{id}', { id }, { live: true });
  const { values, change } = useUrlFilters(['view']);
  const view = VIEWS.find((one) => one === values.view) ?? 'prices';
  if (error && !card) return <PageError error={error} onRetry={refetch} back="/finance/rate-cards" />;
  if (!card) return <Skeleton h={320} radius="md" />;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={card.name}
        back="/finance/rate-cards"
        lead={card.code}
        aside={card.isBase && <ToneBadge tone="info" label={t('cards.isBase')} />}
        actions={
          <>
            <Button
              component={Link}
              to={`/finance/rate-cards/${id}/new`}
              leftSection={<IconPlus size={18} aria-hidden />}
            >
              {t('card.newVersion')}
            </Button>
            <CopyCard card={card} />
            <ExportCard id={id} code={card.code} />
          </>
        }
      />
      <Stack gap="lg">
        <SegmentedControl
          aria-label={t('charges.view')}
          fullWidth
          value={view}
          onChange={(next) => change({ view: next })}
          data={VIEWS.map((value) => ({ value, label: t(`card.views.${value}`) }))}
        />
        {view === 'prices' && <Prices card={card} />}
        {view === 'diff' && (card.versions.length > 1 ? <DiffView card={card} /> : <Text>{t('diff.onlyOne')}</Text>)}
        {view === 'whatIf' && (
          <Section title={t('whatIf.title')}>
            <WhatIf card={card} />
          </Section>
        )}
      </Stack>
    </>
  );
}

function Prices({ card }: { card: Card }) {
  const { t } = useTranslation('finance');
  const { day } = useFormats();
  const { values, change } = useUrlFilters(['version']);
  const current = inForce(card, houseToday());
  const version = card.versions.find((one) => String(one.version) === values.version) ?? current ?? latestOf(card);
  const sorted = card.versions.toSorted((a, b) => b.version - a.version);
  const labelOf = (one: (typeof sorted)[number]) => {
    const words = t('explain.versionFrom', { version: one.version, from: day(one.validFrom) });
    return one === current ? t('card.now', { version: words }) : words;
  };
  return (
    <>
      <div>
        <Select
          label={t('explain.version')}
          w={{ base: '100%', sm: 340 }}
          data={sorted.map((one) => ({ value: String(one.version), label: labelOf(one) }))}
          value={String(version.version)}
          allowDeselect={false}
          onChange={(value) => change({ version: value })}
        />
        <Text fz="sm" c="dimmed" component="div" mt={6}>
          {t('card.stored')} <DateTime at={version.createdAt} />
        </Text>
      </div>
      <VersionView version={version} />
    </>
  );
}
