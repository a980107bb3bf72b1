import { Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { firstDayOf, isLocalDate, lastDayOf, monthOf } from '../../../../shared/kernel/dates.ts';
import { useApi, useApiAll } from '../../app/api/queries.ts';
import { currentLanguage } from '../../app/i18n/texts.ts';
import { DownloadButton } from '../../shared/download-button.tsx';
import { EmptyState } from '../../shared/empty-state.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { Notice } from '../../shared/notice.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { houseToday } from '../runs/cutoffs.ts';
import { gapsByWarehouse, storageDays, type StorageDay, type StorageGap } from '../storage/days.ts';
import { DayDetail } from '../storage/day-detail.tsx';
import { MonthGrid } from '../storage/month-grid.tsx';
import { Policies } from '../storage/policies.tsx';
import { Reconstruct } from '../storage/reconstruct.tsx';
import { RecordStock } from '../storage/record-stock.tsx';

/** The evidence behind storage fees: every day of a month of a merchant, and what is missing of it. */
export function StoragePage() {
  const { t } = useTranslation('finance');
  const { values, change } = useUrlFilters(['merchantId', 'month', 'day']);
  const { merchantId } = values;
  const month = isLocalDate(`${values.month}-01`) ? values.month! : monthOf(houseToday());
  return (
    <>
      <PageHeader
        title={t('storage.title')}
        lead={t('storage.lead')}
        actions={
          <>
            {merchantId && (
              <DownloadButton
                route="GET /merchants/{id}/storage-evidence.csv"
                input={{ id: merchantId, month, language: currentLanguage() }}
              >
                {t('storage.csv')}
              </DownloadButton>
            )}
            <Button
              variant="default"
              component={Link}
              to="/finance/stock"
              search={(merchantId ? { merchantId } : {}) as never}
            >
              {t('stock.title')}
            </Button>
          </>
        }
      />
      <Stack gap="lg">
        <Group align="flex-end" gap="sm">
          <MerchantSelect
            withNumber
            label={t('run.merchant')}
            placeholder={t('storage.choose')}
            clearable={false}
            w={{ base: '100%', sm: 340 }}
            value={merchantId ?? null}
            onChange={(id) => change({ merchantId: id, day: undefined })}
          />
          <TextInput
            type="month"
            label={t('storage.month')}
            value={month}
            onChange={({ currentTarget }) => change({ month: currentTarget.value, day: undefined })}
          />
        </Group>
        {merchantId ? (
          <Month
            key={`${merchantId}-${month}`}
            merchantId={merchantId}
            month={month}
            chosen={values.day}
            onChoose={(day) => change({ day: day === values.day ? undefined : day })}
          />
        ) : (
          <EmptyState title={t('storage.emptyTitle')} text={t('storage.emptyText')} />
        )}
        <Policies />
      </Stack>
    </>
  );
}

interface MonthProps {
  merchantId: string;
  month: string;
  chosen: string | undefined;
  onChoose: (day: string) => void;
}

function Month({ merchantId, month, chosen, onChoose }: MonthProps) {
  const { monthOf: monthWords } = useChargeWords();
  const range = { from: firstDayOf(month), to: lastDayOf(month) };
  const snapshots = useApiAll('GET /storage-snapshots', { merchantId, ...range }, { live: true });
  const contracts = useApi('GET /contracts', { merchantId, limit: 200 }, { live: true });
  const missing = useApi('GET /storage-snapshots/gaps', { merchantId, ...range }, { live: true });
  const queries = [snapshots, contracts, missing];
  const error = queries.find((query) => query.error)?.error;
  if (error && queries.some(({ data }) => !data))
    return <ErrorState error={error} onRetry={() => void Promise.all(queries.map(({ refetch }) => refetch()))} />;
  if (!snapshots.data || !contracts.data || !missing.data) return <Skeleton h={320} radius="md" />;
  const { gaps, warehouses } = missing.data;
  const days = storageDays({
    ...{ month, snapshots: snapshots.data, gaps },
    ...{ contracts: contracts.data.items, today: houseToday() },
  });
  const one = days.find(({ day }) => day === chosen);
  return (
    <>
      <Gaps merchantId={merchantId} days={days} gaps={gaps} warehouses={warehouses} />
      <Section title={monthWords(month)}>
        <MonthGrid days={days} chosen={chosen} onChoose={onChoose} />
      </Section>
      {one && <DayDetail merchantId={merchantId} one={one} />}
      <RecordStock warehouses={warehouses} />
    </>
  );
}

interface GapsProps {
  merchantId: string;
  days: readonly StorageDay[];
  gaps: readonly StorageGap[];
  warehouses: readonly string[];
}

function Gaps({ merchantId, days, gaps, warehouses }: GapsProps) {
  const { t } = useTranslation('finance');
  const missing = days.filter(({ kind }) => kind === 'gap');
  if (!missing.length)
    return days.some(({ kind }) => kind === 'recorded') ? <Notice tone="good">{t('storage.complete')}</Notice> : null;
  const silent = [...new Set(missing.flatMap((day) => day.silent))];
  return (
    <Notice tone="bad" title={t('storage.gaps', { count: missing.length })}>
      <Stack gap="xs">
        {silent.length > 0 && (
          <Text>{t('storage.silentWarehouses', { count: silent.length, names: silent.join(', ') })}</Text>
        )}
        <Text>{t('storage.gapsHint')}</Text>
        {!warehouses.length && <Text>{t('storage.nothingToRebuild')}</Text>}
        <Group gap="sm">
          {gapsByWarehouse(gaps, warehouses).map(({ warehouse, days: missed }) => (
            <Reconstruct
              key={warehouse}
              merchantId={merchantId}
              warehouse={warehouse}
              days={missed}
              isOneOfMany={warehouses.length > 1}
            />
          ))}
        </Group>
      </Stack>
    </Notice>
  );
}
