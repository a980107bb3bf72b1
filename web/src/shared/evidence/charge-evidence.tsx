import { Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ErrorState } from '../error-state.tsx';
import { usePriceWords } from './price-words.ts';
import { SourceEvidence } from './source-evidence.tsx';
import { referenceOf, traceOf, type Price } from './trace.ts';
import { useChargeWords } from './words.ts';

export interface ChargeEvidenceProps {
  id: string;
  desk?: '/merchant' | '/warehouse' | undefined;
}

/** What a charge is for, with the photos of it, and how its price came about. */
export function ChargeEvidence({ id, desk }: ChargeEvidenceProps) {
  const { data, error, refetch } = useApi('GET /charges/{id}', { id });
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />;
  if (!data) return <Skeleton h={120} radius="md" />;
  return (
    <Stack gap="md">
      <SourceEvidence reference={referenceOf(data.reference)} desk={desk} />
      <Explanation charge={data} />
    </Stack>
  );
}

function Explanation({ charge }: { charge: Output<'GET /charges/{id}'> }) {
  const { t } = useTranslation('records');
  const words = useChargeWords();
  const { day } = useFormats();
  const { card, version, validFrom, rule, price, measured } = traceOf(charge.trace);
  return (
    <Stack gap={2}>
      <Text fw={600} fz="sm">
        {t('evidence.why')}
      </Text>
      {!price && <Text fz="sm">{t('evidence.noPrice')}</Text>}
      {price && <PriceWords price={price} quantity={charge.quantity} unit={charge.unit} />}
      {measured && measured !== charge.quantity && (
        <Text fz="sm" c="dimmed">
          {t('evidence.measured', { quantity: words.quantityOf(measured), unit: words.unitOf(charge.unit, measured) })}
        </Text>
      )}
      {card && (
        <Text fz="sm" c="dimmed">
          {t('evidence.rule', {
            card,
            version: version ?? '–',
            from: validFrom ? day(validFrom) : '–',
            rule: rule ?? '–',
          })}
        </Text>
      )}
      {charge.stateReason && <Text fz="sm">{words.reasonOf(charge.stateReason)}</Text>}
    </Stack>
  );
}

interface PriceWordsProps {
  price: Price;
  quantity: string;
  unit: string;
}

function PriceWords({ price, quantity: count, unit: code }: PriceWordsProps) {
  const { t } = useTranslation('records');
  const { priceOf, unitOf, quantityOf } = useChargeWords();
  const priceWords = usePriceWords();
  const counted = { quantity: quantityOf(count), unit: unitOf(code, count) };
  if (price.type === 'flat') return <Text fz="sm">{t('evidence.flat', { price: priceOf(price.amount) })}</Text>;
  if (price.type === 'perUnit') {
    const one = { ...counted, price: priceOf(price.unitPrice) };
    if (price.perDaysOfMonth) return <Text fz="sm">{t('evidence.perMonth', one)}</Text>;
    if (price.baseQuantity)
      return <Text fz="sm">{t('evidence.perBase', { ...one, base: quantityOf(price.baseQuantity) })}</Text>;
    return <Text fz="sm">{t('evidence.perUnit', one)}</Text>;
  }
  if (price.type === 'package') {
    const packages = { ...counted, price: priceOf(price.unitPrice) };
    return <Text fz="sm">{t('evidence.perPackage', { ...packages, size: quantityOf(price.size) })}</Text>;
  }
  return (
    <>
      {(price.type === 'graduated' || price.type === 'volume') && <Text fz="sm">{t('evidence.graduated')}</Text>}
      <Text fz="sm" c="dimmed">
        {priceWords(price, code)}
      </Text>
    </>
  );
}
