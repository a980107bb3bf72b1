import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { hasRole } from '../../app/session/desks.ts';
import { useUser } from '../../app/session/session.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import type { Line } from '../../shared/evidence/invoice-lines.tsx';
import { LineDisputeBadge, type LineDispute } from '../../shared/line-disputes/dispute-badge.tsx';
import { Thread } from '../../shared/line-disputes/thread.tsx';
import { WriteMessage } from '../../shared/line-disputes/write-message.tsx';
import { OpenDispute } from './open-dispute.tsx';

export interface LineDisputesProps {
  invoice: Pick<Output<'GET /invoices/{id}'>, 'id' | 'kind' | 'state' | 'currency'>;
  line: Line;
  /** About this line, the newest first. */
  disputes: readonly LineDispute[];
}

/** What the merchant disputes of a line, and the way to dispute it (H11). */
export function LineDisputes({ invoice, line, disputes }: LineDisputesProps) {
  const { t } = useTranslation('disputes');
  const [opened, { toggle, open }] = useDisclosure();
  const [asks, { open: ask, close }] = useDisclosure();
  const mayAnswer = hasRole(useUser(), 'merchantDecider');
  const [latest] = disputes;
  const isBilled = invoice.kind === 'invoice' && invoice.state === 'finalized' && line.remainingNetMinor > 0;
  const mayOpen = mayAnswer && isBilled && latest?.state !== 'open';
  if (!latest && !mayOpen) return null;
  return (
    <>
      <Group gap="xs">
        {latest && <LineDisputeBadge state={latest.state} />}
        {latest && (
          <Button variant="subtle" size="sm" px="xs" aria-expanded={opened} onClick={toggle}>
            {t(opened ? 'merchant.hide' : 'merchant.show')}
          </Button>
        )}
        {mayOpen && (
          <Button
            {...{ variant: 'subtle', size: 'sm', px: 'xs', fw: 500, c: 'dimmed' }}
            {...(latest ? {} : { ml: 'calc(var(--mantine-spacing-xs) * -1)' })}
            aria-label={`${t(latest ? 'merchant.openAgain' : 'merchant.open')}: ${line.label}`}
            onClick={ask}
          >
            {t(latest ? 'merchant.openAgain' : 'merchant.open')}
          </Button>
        )}
      </Group>
      {opened && (
        <Stack gap="lg" mt="xs">
          {disputes.map(({ id }) => (
            <Dispute key={id} id={id} mayAnswer={mayAnswer} />
          ))}
        </Stack>
      )}
      {mayOpen && <OpenDispute {...{ invoice, line, opened: asks, onClose: close, onOpened: open }} />}
    </>
  );
}

function Dispute({ id, mayAnswer }: { id: string; mayAnswer: boolean }) {
  const { t } = useTranslation('disputes');
  const { money } = useFormats();
  const { data, error, refetch } = useApi('GET /line-disputes/{id}', { id }, { live: true });
  const withdraw = useApiMutation('POST /line-disputes/{id}/withdraw');
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />;
  if (!data) return <Skeleton h={96} radius="md" />;
  const { reason, disputedNetMinor, lineNetMinor, currency, state } = data;
  const amount =
    disputedNetMinor === null
      ? t('whole', { amount: money(lineNetMinor, currency) })
      : money(disputedNetMinor, currency);
  return (
    <Stack gap="sm">
      <Text>
        <Text span fw={600}>
          {t(`reasons.${reason}`)}
        </Text>{' '}
        · {t('amount')}: {amount}
      </Text>
      <Thread dispute={data} reader="merchant" />
      {state === 'open' && !mayAnswer && <Text c="dimmed">{t('merchant.whoMay')}</Text>}
      {state === 'open' && mayAnswer && (
        <>
          <WriteMessage disputeId={id} label={t('merchant.write')} />
          <ConfirmButton
            w="fit-content"
            variant="subtle"
            danger={false}
            label={t('merchant.withdraw')}
            question={t('merchant.withdrawQuestion')}
            consequence={t('merchant.withdrawWill')}
            onConfirm={() => withdraw.mutateAsync({ id })}
          />
        </>
      )}
    </Stack>
  );
}
