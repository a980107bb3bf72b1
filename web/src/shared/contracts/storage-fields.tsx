import { Select, SimpleGrid, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TermFieldsProps } from './billing-fields.tsx';
import { MEASURES, METHODS, needsMeasure, takesAgeBands, type ContractDraft } from './contract.ts';

/** How storage is measured: by what, in which age bands, and who tells the stock. */
export function StorageFields(props: TermFieldsProps & { bandsWrong: boolean }) {
  const { draft, onChange, errorOf, bandsWrong } = props;
  const { t } = useTranslation('records');
  const { storageMethod } = draft;
  return (
    <>
      <Select
        size="md"
        label={t('contract.storageMethod')}
        placeholder={t('contract.noStorage')}
        clearable
        clearButtonProps={{ 'aria-label': t('contract.noStorage') }}
        data={METHODS.map((value) => ({ value, label: t(`contract.methods.${value}`) }))}
        value={storageMethod ?? null}
        {...(storageMethod ? { description: t(`contract.methodHints.${storageMethod}`) } : {})}
        error={errorOf('storageMethod')}
        onChange={(value) => onChange({ storageMethod: value as ContractDraft['storageMethod'] })}
      />
      {storageMethod && (
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          {needsMeasure(storageMethod) && (
            <Select
              size="md"
              label={t('contract.storageMeasure')}
              required
              data={MEASURES.map((value) => ({ value, label: t(`contract.measures.${value}`) }))}
              value={draft.storageMeasure ?? null}
              error={errorOf('storageMeasure')}
              onChange={(value) => onChange({ storageMeasure: value as ContractDraft['storageMeasure'] })}
            />
          )}
          {takesAgeBands(storageMethod) && (
            <TextInput
              size="md"
              label={t('contract.ageBands')}
              description={t('contract.ageBandsHint')}
              value={draft.ageBands}
              error={bandsWrong ? t('contract.ageBandsWrong') : errorOf('storageAgeBands', true)}
              onChange={({ currentTarget }) => onChange({ ageBands: currentTarget.value })}
            />
          )}
          <Select
            size="md"
            label={t('contract.storageSource')}
            allowDeselect={false}
            data={(['external', 'ledger'] as const).map((value) => ({ value, label: t(`contract.sources.${value}`) }))}
            value={draft.storageSource ?? null}
            error={errorOf('storageSource')}
            onChange={(value) => onChange({ storageSource: value as 'external' | 'ledger' })}
          />
        </SimpleGrid>
      )}
      {storageMethod && (
        <Switch
          size="md"
          label={t('contract.landRelated')}
          description={t('contract.landRelatedHint')}
          checked={draft.storageIsLandRelated}
          error={errorOf('storageIsLandRelated')}
          onChange={({ currentTarget }) => onChange({ storageIsLandRelated: currentTarget.checked })}
        />
      )}
    </>
  );
}
