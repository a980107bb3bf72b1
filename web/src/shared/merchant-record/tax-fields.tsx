import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { firstDayOf } from '../../../../shared/kernel/dates.ts';
import { useFieldErrors } from '../field-errors.ts';
import type { Draft, Merchant, MerchantDraft } from './draft.ts';
import { TaxedFrom, thisMonth } from './taxed-from.tsx';

const TAXES = ['domestic', 'reverseCharge', 'thirdCountry', 'exempt'] as const;

/** How VAT applies to the merchant, since when, and why not. */
export function TaxFields({ draft: { draft, set, error }, stored }: { draft: MerchantDraft; stored: Merchant }) {
  const { t } = useTranslation('admin');
  const fieldError = useFieldErrors(error);
  const { taxTreatment, taxTreatmentFrom, exemptionReason } = draft;
  return (
    <>
      <Select
        label={t('record.tax')}
        data={TAXES.map((value) => ({ value, label: t(`record.taxes.${value}`) }))}
        value={taxTreatment}
        allowDeselect={false}
        onChange={(value) => {
          set('taxTreatment', value as Draft['taxTreatment']);
          const isStored = value === stored.taxTreatment;
          set('taxTreatmentFrom', isStored ? stored.taxTreatmentFrom : firstDayOf(thisMonth()));
          if (value === 'exempt' && !exemptionReason) set('exemptionReason', t('record.exemptionDefault'));
        }}
        error={fieldError('taxTreatment')}
      />
      {(taxTreatment !== stored.taxTreatment || stored.taxTreatmentFrom !== null) && (
        <TaxedFrom
          value={taxTreatmentFrom}
          onChange={(from) => set('taxTreatmentFrom', from)}
          error={fieldError('taxTreatmentFrom')}
        />
      )}
      {taxTreatment === 'exempt' && (
        <TextInput
          label={t('record.exemptionReason')}
          description={t('record.exemptionHint')}
          maxLength={200}
          required
          value={exemptionReason ?? ''}
          onChange={({ currentTarget }) => set('exemptionReason', currentTarget.value || null)}
          error={fieldError('exemptionReason')}
        />
      )}
    </>
  );
}
