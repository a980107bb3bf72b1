import { Radio, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { IntInput } from '../../shared/int-input.tsx';
import { Rows } from '../parts/rows.tsx';
import { Section } from '../parts/section.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { useArticleGroups, useConditionText, useReasons } from './conditions.ts';
import type { MerchantDraft, Policy } from '../../shared/merchant-record/draft.ts';
import { HoursInput } from './hours-input.tsx';
import { ReasonsSection } from './reasons-section.tsx';

type PhotoRule = Policy['photoRules'][number];
const SETTLEMENTS = ['reverse', 'keep'] as const;

/** How the goods of the merchant are inspected. */
export function InspectionTab({ merchantId, draft }: { merchantId: string; draft: MerchantDraft }) {
  const { t } = useTranslation('admin');
  const policy = draft.draft.returnPolicy;
  const fieldError = useFieldErrors(draft.error);
  return (
    <Stack gap="lg">
      <PhotoRules merchantId={merchantId} draft={draft} />
      <Section title={t('inspection.title')} lead={t('inspection.lead')}>
        <HoursInput
          label={t('inspection.hours')}
          description={t('inspection.hoursHint')}
          value={policy.inspectionHours}
          onChange={(inspectionHours) => draft.setPolicy({ inspectionHours })}
          error={fieldError('returnPolicy.inspectionHours')}
        />
        <Radio.Group
          label={t('inspection.reopened')}
          description={t('inspection.reopenedHint')}
          value={policy.reopenedCharges}
          onChange={(value) => draft.setPolicy({ reopenedCharges: value as Policy['reopenedCharges'] })}
        >
          <Stack gap="xs" mt="xs">
            {SETTLEMENTS.map((value) => (
              <Radio key={value} value={value} label={t(`inspection.${value}`)} />
            ))}
          </Stack>
        </Radio.Group>
      </Section>
      <ReasonsSection draft={draft} />
    </Stack>
  );
}

function PhotoRules({ merchantId, draft }: { merchantId: string; draft: MerchantDraft }) {
  const { t } = useTranslation('admin');
  const policy = draft.draft.returnPolicy;
  const reasons = useReasons(policy.reasons);
  const groups = useArticleGroups(merchantId);
  const conditionText = useConditionText(reasons);
  const fieldError = useFieldErrors(draft.error);
  return (
    <Section title={t('photoRules.title')} lead={t('photoRules.lead')}>
      <Rows<PhotoRule>
        label={t('photoRules.title')}
        items={policy.photoRules}
        onChange={(photoRules) => draft.setPolicy({ photoRules })}
        max={50}
        nameOf={(_, index) => t('photoRules.nameOf', { number: index + 1 })}
        errorOf={(index) => fieldError(`returnPolicy.photoRules.${index}`, true)}
        addLabel={t('photoRules.add')}
        make={() => ({ grades: ['B', 'C', 'D'], minPhotos: 2 })}
        summaryOf={(rule) => (
          <>
            <Text span fw={600} display="block">
              {t('photoRules.atLeast', { count: rule.minPhotos })}
            </Text>
            <Text span c="dimmed" fz="sm">
              {conditionText(rule)}
            </Text>
          </>
        )}
        render={(rule, change) => (
          <Stack gap="md">
            <ConditionFields value={rule} onChange={change} reasons={reasons} groups={groups} />
            <IntInput
              label={t('photoRules.minPhotos')}
              value={rule.minPhotos}
              min={1}
              max={20}
              onChange={(minPhotos) => change({ ...rule, minPhotos: minPhotos! })}
              w={160}
            />
          </Stack>
        )}
      />
    </Section>
  );
}
