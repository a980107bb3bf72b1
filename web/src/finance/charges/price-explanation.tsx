import { List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { usePriceWords } from '../../shared/evidence/price-words.ts';
import { traceOf } from '../../shared/evidence/trace.ts';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { Facts } from '../../shared/facts.tsx';
import { Notice } from '../../shared/notice.tsx';
import { Section } from '../../shared/section.tsx';
import { useAttributeWords } from './attribute-words.ts';
import { priceSum } from './price-sum.ts';

type Charge = Output<'GET /charges/{id}'>;

/** Why a charge costs what it costs (X1): what was measured, the rule that was taken, the sum, and what was not taken. */
export function PriceExplanation({ charge }: { charge: Charge }) {
  return (
    <Stack gap="lg">
      <Measured charge={charge} />
      <Matched charge={charge} />
      <Sum charge={charge} />
      <Rejected charge={charge} />
    </Stack>
  );
}

function Measured({ charge }: { charge: Charge }) {
  const { t } = useTranslation('finance');
  const { day, money, dateTime } = useFormats();
  const words = useChargeWords();
  const attributes = useAttributeWords()(charge.attributes);
  const { measured } = traceOf(charge.trace);
  const unit = (quantity: string) => `${words.quantityOf(quantity)} ${words.unitOf(charge.unit, quantity)}`;
  return (
    <Section title={t('explain.event')}>
      <Facts
        facts={[
          [t('charges.day'), day(charge.serviceDate)],
          [t('explain.arrived'), dateTime(charge.createdAt)],
          [t('explain.measured'), unit(measured ?? charge.quantity)],
          [t('explain.billed'), measured !== undefined && measured !== charge.quantity && unit(charge.quantity)],
          [t('explain.amount'), charge.amountMinor !== null && money(charge.amountMinor)],
          ...attributes,
        ]}
      />
    </Section>
  );
}

function Matched({ charge }: { charge: Charge }) {
  const { t, i18n } = useTranslation('finance');
  const { day } = useFormats();
  const priceWords = usePriceWords();
  const { card, version, validFrom, rule, priority, price, reason } = traceOf(charge.trace);
  const why = reason && i18n.exists(`finance:unrated.${reason}`) ? t(`unrated.${reason}` as never) : reason;
  return (
    <Section title={t('explain.rule')}>
      {!price && (
        <Notice tone="bad" title={t('explain.noPrice')}>
          {why && t('explain.because', { why: String(why) })}
        </Notice>
      )}
      {price && (
        <Facts
          facts={[
            [t('explain.card'), card],
            [
              t('explain.version'),
              version && t('explain.versionFrom', { version, from: day(validFrom ?? '2000-01-01') }),
            ],
            [t('explain.ruleKey'), rule],
            [t('explain.priority'), priority === undefined ? null : String(priority)],
            [t('explain.price'), priceWords(price, charge.unit)],
          ]}
        />
      )}
    </Section>
  );
}

function Sum({ charge }: { charge: Charge }) {
  const { t } = useTranslation('finance');
  const { money, number } = useFormats();
  const { quantityOf, priceOf } = useChargeWords();
  const { price } = traceOf(charge.trace);
  if (!price) return null;
  const sum = priceSum(charge);
  const values = sum && {
    quantity: quantityOf(sum.quantity),
    price: priceOf(sum.unitPrice),
    base: quantityOf(sum.baseQuantity),
    exact: number(Number(sum.exact)),
  };
  return (
    <Section title={t('explain.sum')}>
      {values && sum ? (
        <>
          <Text fz="lg" fw={600} className="tabular">
            {t(sum.baseQuantity === '1' ? 'explain.product' : 'explain.quotient', values)}
          </Text>
          {charge.netMinor !== null && Number(sum.exact) * 100 !== charge.netMinor && (
            <Text>{t('explain.rounded', { exact: values.exact, net: money(charge.netMinor) })}</Text>
          )}
          <Text c="dimmed" fz="sm">
            {t('explain.rounding')}
          </Text>
        </>
      ) : (
        <Text>{t('explain.ofMonth')}</Text>
      )}
    </Section>
  );
}

function Rejected({ charge }: { charge: Charge }) {
  const { t, i18n } = useTranslation('finance');
  const cards = Object.entries(traceOf(charge.trace).rejected ?? {});
  const reasonOf = (code: string) =>
    i18n.exists(`finance:rejected.${code}`) ? String(t(`rejected.${code}` as never)) : code;
  return (
    <Section title={t('explain.rejected')}>
      {!cards.length && <Text c="dimmed">{t('explain.noneRejected')}</Text>}
      {cards.map(([name, reasons]) => {
        const [card = name, version = ''] = name.split('#');
        return (
          <div key={name}>
            <Text fw={600} fz="sm">
              {t('explain.inVersion', { card, version })}
            </Text>
            <List fz="sm" spacing={2}>
              {Object.entries(reasons).map(([code, rules]) => (
                <List.Item key={code}>
                  {reasonOf(code)}: {rules.join(', ')}
                </List.Item>
              ))}
            </List>
          </div>
        );
      })}
    </Section>
  );
}
