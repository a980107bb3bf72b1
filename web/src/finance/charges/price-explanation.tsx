import { Anchor, List, Stack, Table, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { usePriceWords } from '../../shared/evidence/price-words.ts';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { Facts } from '../../shared/facts.tsx';
import { Money } from '../../shared/money.tsx';
import { Notice } from '../../shared/notice.tsx';
import { Section } from '../../shared/section.tsx';
import { useRateWords } from '../rate-cards/rate-words.ts';
import { useAttributeWords } from './attribute-words.ts';

type Charge = Output<'GET /charges/{id}'>;
type Explanation = Charge['explanation'];

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

/** What is said in both languages, in the one in use. */
function useSaid(): (words: { de: string; en: string }) => string {
  const { i18n } = useTranslation();
  return (words) => words[i18n.language === 'en' ? 'en' : 'de'];
}

function Measured({ charge }: { charge: Charge }) {
  const { t } = useTranslation('finance');
  const { day, money, dateTime } = useFormats();
  const words = useChargeWords();
  const attributes = useAttributeWords()(charge.attributes);
  const measured = charge.explanation.price?.measured;
  const unit = (quantity: string) => `${words.quantityOf(quantity)} ${words.unitOf(charge.unit, quantity)}`;
  const differs = measured !== undefined && Number(measured) !== Number(charge.quantity);
  return (
    <Section title={t('explain.event')}>
      <Facts
        facts={[
          [t('charges.day'), day(charge.serviceDate)],
          [t('explain.arrived'), dateTime(charge.createdAt)],
          [t('explain.measured'), unit(measured ?? charge.quantity)],
          [t('explain.billed'), differs && unit(charge.quantity)],
          [t('explain.amount'), charge.amountMinor !== null && money(charge.amountMinor)],
          ...attributes,
        ]}
      />
    </Section>
  );
}

function Matched({ charge: { explanation, unit } }: { charge: Charge }) {
  const { t } = useTranslation('finance');
  const { day } = useFormats();
  const said = useSaid();
  const priceWords = usePriceWords();
  const { conditionsOf } = useRateWords();
  const { rule, unrated } = explanation;
  return (
    <Section title={t('explain.rule')}>
      {!rule && (
        <Notice tone="bad" title={t('explain.noPrice')}>
          {unrated && t('explain.because', { why: said(unrated.reason) })}
        </Notice>
      )}
      {rule && (
        <Facts
          facts={[
            [t('explain.card'), rule.card],
            [t('explain.version'), t('explain.versionFrom', { version: rule.version, from: day(rule.validFrom) })],
            [t('explain.ruleKey'), `${said(rule.label)} (${rule.key})`],
            [t('card.conditions'), conditionsOf(rule.conditions).join(', ') || t('card.always')],
            [t('explain.priority'), String(rule.priority)],
            [t('explain.price'), priceWords(rule.model, unit)],
          ]}
        />
      )}
    </Section>
  );
}

function Sum({ charge }: { charge: Charge }) {
  const { t } = useTranslation('finance');
  const said = useSaid();
  const { price, adjustments, lines } = charge.explanation;
  if (!price) return null;
  return (
    <Section title={t('explain.sum')}>
      {price.calculation.map((words) => (
        <Text key={words.de} fz="lg" fw={600} className="tabular">
          {said(words)}
        </Text>
      ))}
      {!price.calculation.length && <Text>{t('explain.ofMonth')}</Text>}
      <InMonth explanation={charge.explanation} unit={charge.unit} />
      {adjustments.length > 0 && (
        <Text fz="sm">{t('explain.adjusted', { list: adjustments.map(({ label }) => said(label)).join(', ') })}</Text>
      )}
      <Text c="dimmed" fz="sm">
        {said(price.rounding)}.
      </Text>
      <Lines lines={lines} unit={charge.unit} />
    </Section>
  );
}

/** Where it stands among what the month counts: the tiers go by that. */
function InMonth({ explanation: { month }, unit }: { explanation: Explanation; unit: string }) {
  const { t } = useTranslation('finance');
  const { quantityOf, unitOf, monthOf } = useChargeWords();
  if (!month) return null;
  return (
    <Text>
      {t('explain.inMonth', {
        month: monthOf(month.month),
        ...{ from: quantityOf(month.from), to: quantityOf(month.to), total: quantityOf(month.total) },
        unit: unitOf(unit, month.total),
      })}
    </Text>
  );
}

function Lines({ lines, unit }: { lines: Explanation['lines']; unit: string }) {
  const { t } = useTranslation('finance');
  const { quantityOf, unitOf } = useChargeWords();
  if (!lines.length) return null;
  return (
    <List fz="sm" spacing={2}>
      {lines.map(({ id, invoiceId, invoiceNumber, quantity, netMinor, charges }) => (
        <List.Item key={id}>
          <Anchor component={Link} to={`/finance/invoices/${invoiceId}`} inherit underline="always">
            {invoiceNumber ? t('row.invoice', { number: invoiceNumber }) : t('row.draft')}
          </Anchor>
          {': '}
          {t('explain.onLine', { quantity: `${quantityOf(quantity)} ${unitOf(unit, quantity)}`, count: charges })}{' '}
          <Money minor={netMinor} />
        </List.Item>
      ))}
    </List>
  );
}

function Rejected({ charge: { explanation } }: { charge: Charge }) {
  const { t } = useTranslation('finance');
  const said = useSaid();
  const cards = explanation.rejected.filter(({ rules }) => rules.length);
  return (
    <Section title={t('explain.rejected', { step: explanation.price ? 4 : 3 })}>
      {!cards.length && <Text c="dimmed">{t('explain.noneRejected')}</Text>}
      {cards.map(({ card, version, rules }) => (
        <div key={`${card}#${version}`}>
          <Text fw={600} fz="sm">
            {t('explain.inVersion', { card, version })}
          </Text>
          <Table verticalSpacing={6} fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('explain.ruleKey')}</Table.Th>
                <Table.Th scope="col">{t('explain.why')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rules.map(({ key, label, code, reason }) => (
                <Table.Tr key={`${key}-${code}`}>
                  <Table.Th scope="row" fw={500}>
                    {said(label)}
                    <Text fz="xs" c="dimmed">
                      {key}
                    </Text>
                  </Table.Th>
                  <Table.Td>{said(reason)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      ))}
    </Section>
  );
}
