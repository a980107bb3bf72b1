import { Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { Rows } from '../parts/rows.tsx';
import { Section } from '../parts/section.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { useArticleGroups, useConditionText, useDispositionName, useReasons } from './conditions.ts';
import type { MerchantDraft, Rule } from '../../shared/merchant-record/draft.ts';
import { firstFitting, NOTHING_TRIED, TryOut, type Tried } from './try-out.tsx';

const DISPOSITIONS = ['restock', 'restock_b', 'refurbish', 'rtv', 'dispose', 'donate', 'hold', 'ask'] as const;

/** What becomes of inspected goods: the first rule that fits says it. */
export function RulesTab({ merchantId, draft: { draft, set, error } }: { merchantId: string; draft: MerchantDraft }) {
  const { t } = useTranslation('admin');
  const reasons = useReasons(draft.returnPolicy.reasons);
  const groups = useArticleGroups(merchantId);
  const conditionText = useConditionText(reasons);
  const fieldError = useFieldErrors(error);
  const [tried, setTried] = useState<Tried>(NOTHING_TRIED);
  const fitting = firstFitting(draft.returnRules, tried);
  const name = useDispositionName();
  return (
    <Stack gap="lg">
      <Section title={t('rules.title')} lead={t('rules.lead')}>
        {draft.returnRules.length === 0 && <Text>{t('rules.empty')}</Text>}
        <Rows<Rule>
          label={t('rules.title')}
          items={draft.returnRules}
          onChange={(rules) => set('returnRules', rules)}
          ordered
          max={100}
          nameOf={(_, index) => t('rules.nameOf', { number: index + 1 })}
          isMarked={(_, index) => fitting === index}
          errorOf={(index) => fieldError(`returnRules.${index}`, true)}
          addLabel={t('rules.add')}
          make={() => ({ disposition: 'rtv' })}
          summaryOf={(rule) => (
            <>
              <Text span fw={600} display="block">
                {name(rule.disposition)}
              </Text>
              <Text span c="dimmed" fz="sm">
                {conditionText(rule)}
              </Text>
            </>
          )}
          render={(rule, change) => (
            <Stack gap="md">
              <ConditionFields value={rule} onChange={change} reasons={reasons} groups={groups} withSku />
              <Select
                label={t('rules.disposition')}
                description={rule.disposition === 'ask' ? t('rules.askHint') : undefined}
                data={DISPOSITIONS.map((value) => ({ value, label: name(value) }))}
                value={rule.disposition}
                allowDeselect={false}
                onChange={(value) => change({ ...rule, disposition: value as Rule['disposition'] })}
                maw={420}
              />
            </Stack>
          )}
        />
        <Text c="dimmed" fz="sm">
          {t('rules.otherwise')}
        </Text>
      </Section>
      <TryOut draft={draft} reasons={reasons} groups={groups} value={tried} onChange={setTried} />
    </Stack>
  );
}
