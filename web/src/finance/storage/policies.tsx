import { List, Radio, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { firstDayOf, addMonths, monthOf } from '../../../../shared/kernel/dates.ts';
import type { Input, Output } from '../../app/api/contract.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { Section } from '../../shared/section.tsx';
import { useStepError } from '../../shared/step-context.ts';
import { houseToday } from '../runs/cutoffs.ts';

type Policy = Output<'GET /storage-policies'>['items'][number];
const EMPTIED = ['counts', 'free'] as const satisfies readonly Policy['emptiedBins'][];
const SHARED = ['whole', 'byVolume', 'firstOwner'] as const satisfies readonly Policy['sharedBins'][];

/** How bins are counted, from which day on, and where that is settled anew (F3, F4). */
export function Policies() {
  const { t } = useTranslation('finance');
  const { day } = useFormats();
  const query = useApi('GET /storage-policies', {}, { live: true });
  const items = query.data?.items ?? [];
  return (
    <Section title={t('policy.title')} query={query} aside={<AddPolicy key={items[0]?.validFrom} latest={items[0]} />}>
      <Text c="dimmed">{t('policy.lead')}</Text>
      {!items.length && <Text>{t('policy.none')}</Text>}
      <List spacing="sm">
        {items.map(({ validFrom, emptiedBins, sharedBins }) => (
          <List.Item key={validFrom}>
            <Text fw={600}>
              {t('policy.from')} {day(validFrom)}
            </Text>
            <Text>
              {t('policy.emptied')} {t(`policy.emptiedBins.${emptiedBins}`)}.
            </Text>
            <Text>
              {t('policy.shared')}: {t(`policy.sharedBins.${sharedBins}`)}.
            </Text>
          </List.Item>
        ))}
      </List>
    </Section>
  );
}

function AddPolicy({ latest }: { latest: Policy | undefined }) {
  const { t } = useTranslation('finance');
  const { day } = useFormats();
  const add = useApiMutation('POST /storage-policies');
  const act = async (policy: Input<'POST /storage-policies'>) => {
    await add.mutateAsync(policy);
    notifications.show({ message: t('policy.done', { day: day(policy.validFrom) }) });
  };
  return (
    <StepButton danger={false} label={t('policy.action')} question={t('policy.question')}>
      <PolicyFields latest={latest} onConfirm={act} />
    </StepButton>
  );
}

interface PolicyFieldsProps {
  latest: Policy | undefined;
  onConfirm: (policy: Input<'POST /storage-policies'>) => Promise<unknown>;
}

function PolicyFields({ latest, onConfirm }: PolicyFieldsProps) {
  const { t } = useTranslation('finance');
  const wrong = useFieldErrors(useStepError());
  const [policy, setPolicy] = useState({
    validFrom: firstDayOf(addMonths(monthOf(houseToday()), 1)) as string,
    emptiedBins: latest?.emptiedBins ?? ('counts' as const),
    sharedBins: latest?.sharedBins ?? ('whole' as const),
  });
  return (
    <StepForm
      consequence={t('policy.consequence')}
      canConfirm={Boolean(policy.validFrom)}
      onConfirm={() => onConfirm(policy)}
    >
      <TextInput
        type="date"
        label={t('policy.validFrom')}
        value={policy.validFrom}
        error={wrong('validFrom')}
        onChange={({ currentTarget }) => setPolicy({ ...policy, validFrom: currentTarget.value })}
      />
      <Radio.Group
        label={t('policy.emptied')}
        value={policy.emptiedBins}
        onChange={(value) => setPolicy({ ...policy, emptiedBins: value as Policy['emptiedBins'] })}
      >
        <Stack gap="xs" mt={6}>
          {EMPTIED.map((value) => (
            <Radio key={value} size="md" value={value} label={t(`policy.emptiedBins.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <Radio.Group
        label={t('policy.shared')}
        value={policy.sharedBins}
        onChange={(value) => setPolicy({ ...policy, sharedBins: value as Policy['sharedBins'] })}
      >
        <Stack gap="xs" mt={6}>
          {SHARED.map((value) => (
            <Radio key={value} size="md" value={value} label={t(`policy.sharedBins.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
    </StepForm>
  );
}
