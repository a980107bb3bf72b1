import { Card } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { Day } from '../../shared/date-time.tsx';
import { ChargeEvidence } from '../../shared/evidence/charge-evidence.tsx';
import { referenceOf } from '../../shared/evidence/trace.ts';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { Money } from '../../shared/money.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';

/** A charge with what caused it and how its price came about, as its merchant sees it, too (X2). */
export function ChargePage() {
  const { t } = useTranslation('finance');
  const words = useChargeWords();
  const { id } = useParams({ from: '/session/finance/charges/$id' });
  const { data } = useApi('GET /charges/{id}', { id }, { live: true });
  return (
    <>
      <PageHeader
        title={data ? words.typeOf(data.chargeType) : t('charges.title')}
        back="/finance/charges"
        lead={
          data && (
            <>
              {words.sourceOf(referenceOf(data.reference))} · <Day on={data.serviceDate} /> ·{' '}
              {words.quantityOf(data.quantity)} {words.unitOf(data.unit, data.quantity)} ·{' '}
              <Money minor={data.netMinor} />
            </>
          )
        }
        aside={data && <StateBadge of="charge" value={data.state} />}
      />
      <Card>
        <ChargeEvidence id={id} />
      </Card>
    </>
  );
}
