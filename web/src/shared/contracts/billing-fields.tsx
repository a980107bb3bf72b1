import { Select, SimpleGrid, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import type { ContractDraft } from './contract.ts';

export interface TermFieldsProps {
  draft: ContractDraft;
  onChange: (patch: Partial<ContractDraft>) => void;
  /** What the server says of a field. */
  errorOf: (path: string, deep?: boolean) => string | undefined;
}

/** By which prices and how often a merchant is billed. */
export function BillingFields({ draft, onChange, errorOf }: TermFieldsProps) {
  const { t } = useTranslation('records');
  const cards = useApi('GET /rate-cards', { limit: 200 }, { staleTimeMs: 60_000 }).data?.items ?? [];
  const codes = cards.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }));
  const { rateCardCode } = draft;
  // a contract may name a card that does not exist yet
  const known = !rateCardCode || codes.some(({ value }) => value === rateCardCode);
  return (
    <>
      <Select
        size="md"
        label={t('contract.rateCardCode')}
        placeholder={t('contract.baseCard')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('contract.useBase') }}
        data={known ? codes : [{ value: rateCardCode, label: rateCardCode }, ...codes]}
        value={rateCardCode}
        error={errorOf('rateCardCode')}
        onChange={(code) => onChange({ rateCardCode: code })}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          size="md"
          label={t('contract.fulfilmentCadence')}
          allowDeselect={false}
          data={(['semiMonthly', 'monthly'] as const).map((value) => ({
            value,
            label: t(`contract.cadences.${value}`),
          }))}
          value={draft.fulfilmentCadence ?? null}
          onChange={(value) => onChange({ fulfilmentCadence: value as 'monthly' | 'semiMonthly' })}
        />
        <Select
          size="md"
          label={t('contract.monthEndDocuments')}
          allowDeselect={false}
          data={(['one', 'two'] as const).map((value) => ({ value, label: t(`contract.documents.${value}`) }))}
          value={draft.monthEndDocuments ?? null}
          onChange={(value) => onChange({ monthEndDocuments: value as 'one' | 'two' })}
        />
      </SimpleGrid>
      <Switch
        size="md"
        label={t('contract.softwareFee')}
        checked={draft.softwareFee}
        onChange={({ currentTarget }) => onChange({ softwareFee: currentTarget.checked })}
      />
    </>
  );
}
