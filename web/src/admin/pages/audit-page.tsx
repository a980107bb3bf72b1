import { useTranslation } from 'react-i18next';
import type { Filters } from '../../app/api/contract.ts';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { Trail } from '../parts/trail.tsx';

const ENTITIES = [
  'return',
  'rtv_batch',
  'order',
  'article',
  'merchant',
  'contract',
  'user',
  'apiKey',
  'invoice',
] as const;

/** Who did what, over everything or for one thing. */
export function AuditPage() {
  const { t } = useTranslation('admin');
  const { values, change } = useUrlFilters(['entity', 'entityId', 'merchantId']);
  return (
    <>
      <PageHeader title={t('trail.title')} lead={t('trail.lead')} />
      <MerchantSelect
        label={t('articles.merchant')}
        placeholder={t('articles.everyMerchant')}
        value={values.merchantId ?? null}
        onChange={(merchantId) => change({ merchantId })}
        clearButtonProps={{ 'aria-label': t('articles.everyMerchant') }}
        maw={420}
        mb="sm"
      />
      <FilterBar
        fields={[
          {
            name: 'entity',
            label: t('trail.entity'),
            kind: 'select',
            options: ENTITIES.map((value) => ({ value, label: t(`trail.entities.${value}`) })),
          },
          { name: 'entityId', label: t('trail.entityId'), kind: 'text' },
        ]}
        values={values}
        onChange={change}
        onClear={() => change({ entity: undefined, entityId: undefined })}
      />
      <Trail {...(values as Filters<'GET /audit'>)} />
    </>
  );
}
