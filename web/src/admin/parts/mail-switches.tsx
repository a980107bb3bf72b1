import { Group, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import classes from './mail-switches.module.css';

type Setting = Output<'GET /message-settings'>['items'][number];
type Mode = Setting['mode'];

/**
 * Which mails are sent: each, once a day, or not at all. A choice counts at once.
 * @param merchantId  the merchant's own choice; without it that of the house for all who have none
 */
export function MailSwitches({ merchantId }: { merchantId?: string }) {
  const input = merchantId ? { merchantId } : {};
  const { data, error, refetch } = useApi('GET /message-settings', input);
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />;
  if (!data) return <Skeleton h={240} />;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <ul className={classes.list}>
        {data.items.map((setting) => (
          <Switcher key={setting.kind} setting={setting} {...input} />
        ))}
      </ul>
    </>
  );
}

function Switcher({ setting, merchantId }: { setting: Setting; merchantId?: string }) {
  const { t } = useTranslation('admin');
  const isNarrow = useMediaQuery('(max-width: 36em)');
  const change = useApiMutation('PUT /message-settings/{kind}');
  const { kind, mode, modes, source, fixedBecause } = setting;
  const hasChoice = source === (merchantId ? 'merchant' : 'house');
  const inherited = merchantId ? 'inherit' : 'standard';
  const options = [
    ...modes.map((value) => ({ value: value as string, label: t(`mails.${value}`) })),
    { value: inherited, label: t(`mails.${inherited}`) },
  ];
  const choose = (value: string) =>
    change.mutate({
      kind,
      mode: value === inherited ? null : (value as Mode),
      ...(merchantId ? { merchantId } : {}),
    });
  return (
    <li className={classes.entry}>
      <Stack gap={2} className={classes.words}>
        <Text fw={600} id={`mail-${kind}`}>
          {t(`messageKind.${kind}`)}
        </Text>
        <Text c="dimmed" fz="sm">
          {t(`messageHint.${kind}`)}
        </Text>
        {fixedBecause && (
          <Text fz="sm" fw={600}>
            {t('mails.fixed')}
          </Text>
        )}
        {!fixedBecause && !hasChoice && (
          <Text fz="sm">
            {t(source === 'house' ? 'mails.fromHouse' : 'mails.fromStandard', { mode: t(`mails.${mode}`) })}
          </Text>
        )}
        {change.error && <ErrorState error={change.error} />}
      </Stack>
      {!fixedBecause && (
        <Group className={classes.choice}>
          <SegmentedControl
            aria-labelledby={`mail-${kind}`}
            orientation={isNarrow ? 'vertical' : 'horizontal'}
            fullWidth={Boolean(isNarrow)}
            w={isNarrow ? '100%' : undefined}
            data={options}
            value={hasChoice ? mode : inherited}
            onChange={choose}
            disabled={change.isPending}
          />
        </Group>
      )}
    </li>
  );
}
