import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { EmptyState } from '../empty-state.tsx';
import { ErrorState } from '../error-state.tsx';
import { Facts } from '../facts.tsx';
import { Section } from '../section.tsx';
import { ToneBadge } from '../state-badge.tsx';
import { ContractDialog } from './contract-dialog.tsx';
import type { Contract } from './contract.ts';

export interface ContractsPanelProps {
  merchantId: string;
  /** The day it is in the warehouse. */
  today: string;
}

/** What a merchant and the house agreed, the latest first, and where it is changed. */
export function ContractsPanel({ merchantId, today }: ContractsPanelProps) {
  const { t } = useTranslation('records');
  const query = useApi('GET /contracts', { merchantId, limit: 200 }, { live: true });
  const [edited, setEdited] = useState<Contract | 'new'>();
  const { data, error } = query;
  const contracts = data?.items.toSorted((a, b) => b.startsOn.localeCompare(a.startsOn));
  return (
    <Section
      title={t('contract.title')}
      query={query}
      aside={
        <Button variant="default" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setEdited('new')}>
          {t('contract.new')}
        </Button>
      }
    >
      {error && !data && <ErrorState error={error} onRetry={query.refetch} />}
      {contracts?.length === 0 && <EmptyState title={t('contract.emptyTitle')} text={t('contract.emptyText')} />}
      {contracts?.map((contract) => (
        <ContractCard key={contract.id} contract={contract} today={today} onEdit={() => setEdited(contract)} />
      ))}
      {edited && (
        <ContractDialog
          merchantId={merchantId}
          contract={edited === 'new' ? undefined : edited}
          today={today}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Section>
  );
}

interface ContractCardProps {
  contract: Contract;
  today: string;
  onEdit: () => void;
}

function ContractCard({ contract, today, onEdit }: ContractCardProps) {
  const { t } = useTranslation('records');
  const { day } = useFormats();
  const { startsOn, endsOn, storageMethod, storageMeasure, storageAgeBands, storageSource } = contract;
  const period = endsOn
    ? t('contract.between', { from: day(startsOn), to: day(endsOn) })
    : t('contract.since', { from: day(startsOn) });
  const state = startsOn > today ? 'toCome' : endsOn !== null && endsOn < today ? 'ended' : 'inForce';
  return (
    <Card p="md" component="article" aria-label={period} withBorder>
      <Group justify="space-between" mb="sm">
        <Group gap="sm">
          <Title order={3} size="h5">
            {period}
          </Title>
          <ToneBadge tone={state === 'inForce' ? 'good' : 'quiet'} label={t(`contract.states.${state}`)} />
        </Group>
        <Button variant="default" onClick={onEdit} aria-label={t('contract.editOf', { period })}>
          {t('contract.edit')}
        </Button>
      </Group>
      <Stack gap="xs">
        <Facts
          facts={[
            [t('contract.rateCardCode'), contract.rateCardCode ?? t('contract.baseCard')],
            [t('contract.fulfilmentCadence'), t(`contract.cadences.${contract.fulfilmentCadence}`)],
            [t('contract.monthEndDocuments'), t(`contract.documents.${contract.monthEndDocuments}`)],
            [t('contract.softwareFee'), t(contract.softwareFee ? 'contract.yes' : 'contract.no')],
            [
              t('contract.storageMethod'),
              storageMethod === null ? t('contract.noStorage') : t(`contract.methods.${storageMethod}`),
            ],
            [t('contract.storageMeasure'), storageMeasure && t(`contract.measures.${storageMeasure}`)],
            [t('contract.ageBands'), storageAgeBands.length > 0 && storageAgeBands.join(', ')],
            [t('contract.storageSource'), storageMethod !== null && t(`contract.sources.${storageSource}`)],
            [t('contract.landRelated'), contract.storageIsLandRelated && t('contract.yes')],
          ]}
        />
        {state === 'ended' && (
          <Text fz="sm" c="dimmed">
            {t('contract.endedHint')}
          </Text>
        )}
      </Stack>
    </Card>
  );
}
