import { Anchor, Group, Skeleton, Stack, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { Day } from '../../shared/date-time.tsx';
import { SourceEvidence } from '../../shared/evidence/source-evidence.tsx';
import { isReversal, referenceOf } from '../../shared/evidence/trace.ts';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { Money } from '../../shared/money.tsx';
import { Notice } from '../../shared/notice.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { ChargeSteps } from '../charges/charge-steps.tsx';
import { PriceExplanation } from '../charges/price-explanation.tsx';

/** A charge with what caused it and how its price came about, as its merchant sees it, too (X1, X2). */
export function ChargePage() {
  const { t } = useTranslation('finance');
  const { t: r } = useTranslation('records');
  const words = useChargeWords();
  const { id } = useParams({ from: '/session/finance/charges/$id' });
  const { data, error, refetch } = useApi('GET /charges/{id}', { id }, { live: true });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/finance/charges" />;
  if (!data) return <Skeleton h={320} radius="md" />;
  const reference = referenceOf(data.reference);
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={words.typeOf(data.chargeType)}
        back="/finance/charges"
        lead={
          <>
            {words.sourceOf(reference)} · <Day on={data.serviceDate} /> · {words.quantityOf(data.quantity)}{' '}
            {words.unitOf(data.unit, data.quantity)}
            {data.netMinor !== null && (
              <>
                {' '}
                · <Money minor={data.netMinor} />
              </>
            )}
          </>
        }
        aside={
          <Group gap="xs">
            <StateBadge of="charge" value={data.state} />
            {data.lineId && (
              <Text fz="sm" c="dimmed">
                {r('evidence.billed')}
              </Text>
            )}
          </Group>
        }
        actions={<ChargeSteps charges={[data]} />}
      />
      <Stack gap="lg">
        {data.stateReason && <Notice tone="warn">{words.reasonOf(data.stateReason)}</Notice>}
        {isReversal(data) && <Notice tone="info">{r('evidence.reversal')}</Notice>}
        <PriceExplanation charge={data} />
        <Section title={t('explain.cause')}>
          <SourceEvidence reference={reference} />
          <Anchor
            component={Link}
            to="/finance/charges"
            search={{ view: 'all', merchantId: data.merchantId } as never}
            fz="sm"
            w="fit-content"
          >
            {t('explain.more')}
          </Anchor>
        </Section>
      </Stack>
    </>
  );
}
