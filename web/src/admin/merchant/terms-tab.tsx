import { Radio, Select, SimpleGrid, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { IntInput } from '../../shared/int-input.tsx';
import { Section } from '../parts/section.tsx';
import type { Draft, MerchantDraft, Policy } from '../../shared/merchant-record/draft.ts';
import { HoursInput } from './hours-input.tsx';

const ANSWERS = ['rtv', 'restock', 'restock_b', 'refurbish', 'dispose', 'donate'] as const;
const SCHEDULES = ['weekly', 'semiMonthly', 'monthly', 'manual'] as const;

/** Deadlines, what goes back to the merchant and when, and what waiting costs. */
export function TermsTab({ draft }: { draft: MerchantDraft }) {
  return (
    <Stack gap="lg">
      <Questions draft={draft} />
      <Batches draft={draft} />
      <Waiting draft={draft} />
    </Stack>
  );
}

function Questions({ draft }: { draft: MerchantDraft }) {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  const { decision } = draft.draft.returnPolicy;
  const fieldError = useFieldErrors(draft.error);
  const set = (patch: Partial<Policy['decision']>) => draft.setPolicy({ decision: { ...decision, ...patch } });
  const answers = ANSWERS.map((value) => ({ value, label: common(`disposition.${value}`) }));
  return (
    <Section title={t('questions.title')} lead={t('questions.lead')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <HoursInput
          label={t('questions.knownHours')}
          description={t('questions.knownHoursHint')}
          value={decision.damagedHours}
          onChange={(damagedHours) => set({ damagedHours })}
          error={fieldError('returnPolicy.decision.damagedHours')}
        />
        <Select
          label={t('questions.default')}
          description={t('questions.defaultHint')}
          data={answers}
          value={decision.damagedDefault}
          allowDeselect={false}
          onChange={(value) => set({ damagedDefault: value as Policy['decision']['damagedDefault'] })}
        />
        <HoursInput
          label={t('questions.unknownHours')}
          description={t('questions.unknownHoursHint')}
          value={decision.unknownHours}
          onChange={(unknownHours) => set({ unknownHours })}
          error={fieldError('returnPolicy.decision.unknownHours')}
        />
        <Select
          label={t('questions.unknownDefault')}
          description={t('questions.defaultHint')}
          data={answers}
          value={decision.unknownDefault}
          allowDeselect={false}
          onChange={(value) => set({ unknownDefault: value as Policy['decision']['unknownDefault'] })}
        />
      </SimpleGrid>
    </Section>
  );
}

function Batches({ draft }: { draft: MerchantDraft }) {
  const { t } = useTranslation('admin');
  const { batch } = draft.draft.returnPolicy;
  const fieldError = useFieldErrors(draft.error);
  const set = (patch: Partial<Policy['batch']>) => draft.setPolicy({ batch: { ...batch, ...patch } });
  return (
    <Section title={t('batches.title')} lead={t('batches.lead')}>
      <Radio.Group
        label={t('batches.schedule')}
        value={draft.draft.rtvSchedule}
        onChange={(value) => draft.set('rtvSchedule', value as Draft['rtvSchedule'])}
      >
        <Stack gap="xs" mt="xs">
          {SCHEDULES.map((value) => (
            <Radio key={value} value={value} label={t(`batches.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <IntInput
          label={t('batches.maxPieces')}
          placeholder={t('batches.never')}
          suffix={t('batches.pieces')}
          min={1}
          max={100_000}
          value={batch.maxPieces}
          onChange={(maxPieces) => set({ maxPieces })}
          error={fieldError('returnPolicy.batch.maxPieces')}
        />
        <IntInput
          label={t('batches.maxWeight')}
          placeholder={t('batches.never')}
          suffix=" g"
          min={1}
          max={100_000_000}
          value={batch.maxWeightGrams}
          onChange={(maxWeightGrams) => set({ maxWeightGrams })}
          error={fieldError('returnPolicy.batch.maxWeightGrams')}
        />
        <IntInput
          label={t('batches.maxVolume')}
          placeholder={t('batches.never')}
          suffix=" cm³"
          min={1}
          max={1_000_000_000}
          value={batch.maxVolumeCm3}
          onChange={(maxVolumeCm3) => set({ maxVolumeCm3 })}
          error={fieldError('returnPolicy.batch.maxVolumeCm3')}
        />
      </SimpleGrid>
    </Section>
  );
}

function Waiting({ draft }: { draft: MerchantDraft }) {
  const { t } = useTranslation('admin');
  const policy = draft.draft.returnPolicy;
  const fieldError = useFieldErrors(draft.error);
  const charged = policy.quarantineFreeDays !== null;
  return (
    <Section title={t('waiting.title')} lead={t('waiting.lead')}>
      <IntInput
        label={t('waiting.expiry')}
        description={t('waiting.expiryHint')}
        suffix={t('waiting.days')}
        min={1}
        max={730}
        value={policy.announcedExpiryDays}
        onChange={(announcedExpiryDays) => draft.setPolicy({ announcedExpiryDays: announcedExpiryDays! })}
        error={fieldError('returnPolicy.announcedExpiryDays')}
        maw={280}
      />
      <Switch
        label={t('waiting.charge')}
        description={t('waiting.chargeHint')}
        checked={charged}
        onChange={({ currentTarget }) => draft.setPolicy({ quarantineFreeDays: currentTarget.checked ? 14 : null })}
      />
      {charged && (
        <IntInput
          label={t('waiting.freeDays')}
          description={t('waiting.freeDaysHint')}
          suffix={t('waiting.days')}
          min={0}
          max={3_650}
          value={policy.quarantineFreeDays}
          onChange={(quarantineFreeDays) => draft.setPolicy({ quarantineFreeDays: quarantineFreeDays ?? 0 })}
          error={fieldError('returnPolicy.quarantineFreeDays')}
          maw={280}
        />
      )}
    </Section>
  );
}
