import { Group, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePriceWords } from '../../shared/evidence/price-words.ts';
import { useChargeWords } from '../../shared/evidence/words.ts';
import type { Rule } from './card.ts';
import { useRateWords } from './rate-words.ts';
import classes from './rate-cards.module.css';

export interface RuleTableProps {
  rules: readonly Rule[];
  /** What is wrong with a rule, by its place. */
  errorOf?: (index: number) => string | undefined;
  /** Buttons of a rule. */
  actions?: (rule: Rule, index: number) => ReactNode;
}

/** Rules as a price list reads: service, when it holds, price, and which goes first. */
export function RuleTable({ rules, errorOf, actions }: RuleTableProps) {
  const { t } = useTranslation('finance');
  const { typeOf } = useChargeWords();
  const places = rules.map((rule, index) => ({ rule, index }));
  const groups = [...Map.groupBy(places, ({ rule }) => rule.chargeType)];
  if (!rules.length) return <Text c="dimmed">{t('card.noRules')}</Text>;
  return (
    <Table.ScrollContainer minWidth={280} type="native">
      <Table verticalSpacing="xs" horizontalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('card.rule')}</Table.Th>
            <Table.Th scope="col">{t('card.price')}</Table.Th>
            <Table.Th scope="col" visibleFrom="sm">
              {t('card.conditions')}
            </Table.Th>
            <Table.Th scope="col" className="numeric" visibleFrom="sm">
              {t('explain.priority')}
            </Table.Th>
            {actions && <Table.Th scope="col">{t('card.actions')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        {groups.map(([chargeType, members]) => (
          <Table.Tbody key={chargeType}>
            <Table.Tr className={classes.group}>
              <Table.Th scope="rowgroup" colSpan={actions ? 5 : 4}>
                {typeOf(chargeType)}
              </Table.Th>
            </Table.Tr>
            {members.map(({ rule, index }) => (
              <RuleRow
                key={`${rule.key}-${index}`}
                rule={rule}
                error={errorOf?.(index)}
                actions={actions?.(rule, index)}
              />
            ))}
          </Table.Tbody>
        ))}
      </Table>
    </Table.ScrollContainer>
  );
}

interface RuleRowProps {
  rule: Rule;
  error: string | undefined;
  actions: ReactNode;
}

function RuleRow({ rule, error, actions }: RuleRowProps) {
  const { t, i18n } = useTranslation('finance');
  const { conditionsOf } = useRateWords();
  const priceWords = usePriceWords();
  const conditions = conditionsOf(rule.conditions);
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        {rule.label[i18n.language === 'en' ? 'en' : 'de']}
        <Text fz="xs" c="dimmed">
          {rule.key}
        </Text>
        {error && (
          <Text fz="sm" c="var(--mantine-color-error)" role="alert">
            {error}
          </Text>
        )}
      </Table.Th>
      <Table.Td>
        {priceWords(rule.model, rule.unit)}
        {conditions.length > 0 && (
          <Text fz="sm" c="dimmed" hiddenFrom="sm" component="div">
            {conditions.join(', ')}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">
        {conditions.length ? conditions.map((one) => <div key={one}>{one}</div>) : t('card.always')}
      </Table.Td>
      <Table.Td className="numeric" visibleFrom="sm">
        {rule.priority}
      </Table.Td>
      {actions && (
        <Table.Td>
          <Group gap={4} wrap="nowrap">
            {actions}
          </Group>
        </Table.Td>
      )}
    </Table.Tr>
  );
}
