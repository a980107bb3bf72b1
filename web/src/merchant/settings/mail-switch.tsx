import { Group, Select, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';

export interface MailSwitchProps {
  setting: Output<'GET /message-settings'>['items'][number];
  merchantId: string;
  mayChange: boolean;
}

/** Whether a kind of mail comes each time, once a day or not at all. */
export function MailSwitch({ setting, merchantId, mayChange }: MailSwitchProps) {
  const { t } = useTranslation('merchant');
  const change = useApiMutation('PUT /message-settings/{kind}');
  const { kind, mode, modes, fixedBecause, source } = setting;
  const name = t(`messages.kinds.${kind}`);
  const fixed = fixedBecause !== null || modes.length < 2;
  return (
    <Stack gap={4}>
      <Group justify="space-between" align="center" gap="sm">
        <Stack gap={0} flex={1} miw={200}>
          <Text fw={600}>{name}</Text>
          <Text fz="sm" c="dimmed">
            {fixed ? t('settings.fixed') : t(`settings.source.${source}`)}
          </Text>
        </Stack>
        <Select
          aria-label={name}
          data={modes.map((value) => ({ value, label: t(`settings.modes.${value}`) }))}
          value={mode}
          onChange={(chosen) => chosen && change.mutate({ kind, merchantId, mode: chosen as typeof mode })}
          disabled={fixed || !mayChange || change.isPending}
          allowDeselect={false}
          w={{ base: '100%', xs: 240 }}
        />
      </Group>
      {change.error && <ErrorState error={change.error} />}
    </Stack>
  );
}
