import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import type { Output } from '../../app/api/contract.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { Day } from '../../shared/date-time.tsx';
import { Facts } from '../../shared/facts.tsx';
import { Money } from '../../shared/money.tsx';
import { Section } from '../../shared/section.tsx';
import { PayBadge } from '../../shared/pay-badge.tsx';
import { useReasonWords } from '../debits/reason-words.ts';
import { useMoneyMutation } from '../payments/money-mutation.ts';
import { ReasonStep } from '../../shared/reason-step.tsx';

type Settlement = Output<'GET /invoices/{id}/settlement'>;

/** What is open of an issued document, what settled the rest, and what finance can do about it. */
export function InvoicePayments({ invoice }: { invoice: { id: string; state: string } }) {
  const { t } = useTranslation('payments');
  const query = useApi(
    'GET /invoices/{id}/settlement',
    { id: invoice.id },
    { live: ['payments', 'invoices'], enabled: invoice.state !== 'draft' },
  );
  if (invoice.state === 'draft') return null;
  return (
    <Section
      title={t('invoice.title')}
      query={query}
      aside={query.data && <PayBadge invoice={badgeOf(query.data)} reader="house" />}
    >
      {query.data && <Settled settlement={query.data} />}
    </Section>
  );
}

const badgeOf = ({ kind, cancelled, payment, openMinor }: Settlement) => ({
  ...{ kind, payment, openMinor, state: cancelled ? ('cancelled' as const) : ('finalized' as const) },
});

function Settled({ settlement }: { settlement: Settlement }) {
  const { t } = useTranslation('payments');
  const { moves, openMinor, daysOverdue } = settlement;
  return (
    <>
      <Facts
        facts={[
          [t(openMinor < 0 ? 'invoice.owed' : 'invoice.open'), <Money key="open" minor={Math.abs(openMinor)} />],
          [t('open.overdue'), daysOverdue > 0 && t('open.days', { count: daysOverdue })],
        ]}
      />
      {moves.length > 0 && (
        <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('invoice.moves')}>
          {moves.map((move) => (
            <li key={move.id}>
              <Move move={move} />
            </li>
          ))}
        </Stack>
      )}
      <Steps settlement={settlement} />
    </>
  );
}

function Move({ move }: { move: Settlement['moves'][number] }) {
  const { t } = useTranslation('payments');
  const words = useReasonWords();
  const { kind, number, paymentId, amountMinor, bookedOn, reason } = move;
  const said = [t(`moves.${kind}`), number].filter(Boolean).join(' ');
  return (
    <>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
        <Text fz="sm">
          {paymentId ? (
            <Anchor component={Link} to={`/finance/payments/${paymentId}`} fz="sm" underline="always">
              {said}
            </Anchor>
          ) : (
            said
          )}
          {', '}
          <Day on={bookedOn} />
        </Text>
        <Text fz="sm" component="div">
          <Money minor={-amountMinor} />
        </Text>
      </Group>
      {reason && reason !== 'release' && (
        <Text fz="sm" c="dimmed">
          {words(reason)}
        </Text>
      )}
    </>
  );
}

function Steps({ settlement }: { settlement: Settlement }) {
  const { t } = useTranslation('payments');
  const { invoiceId: id, openMinor, balanceMinor, writtenOffMinor } = settlement;
  const useCredit = useMoneyMutation('POST /invoices/{id}/use-credit');
  const toBalance = useMoneyMutation('POST /invoices/{id}/to-balance');
  const writeOff = useMoneyMutation('POST /invoices/{id}/write-off');
  const undo = useMoneyMutation('POST /invoices/{id}/write-off/undo');
  return (
    <Group gap="xs">
      {openMinor > 0 && balanceMinor > 0 && (
        <ConfirmButton
          label={t('invoice.useCredit')}
          question={t('invoice.useCreditQuestion')}
          consequence={
            <>
              {t('balance')}: <Money minor={balanceMinor} />
            </>
          }
          danger={false}
          size="xs"
          onConfirm={() => useCredit.mutateAsync({ id })}
        />
      )}
      {openMinor < 0 && (
        <ConfirmButton
          label={t('invoice.toBalance')}
          question={t('invoice.toBalanceQuestion')}
          consequence={t('invoice.toBalanceConsequence')}
          danger={false}
          size="xs"
          onConfirm={() => toBalance.mutateAsync({ id })}
        />
      )}
      {openMinor > 0 && (
        <ReasonStep
          label={t('invoice.writeOff')}
          question={t('invoice.writeOffQuestion')}
          consequence={t('invoice.writeOffConsequence')}
          onConfirm={(reason) => writeOff.mutateAsync({ id, reason })}
        />
      )}
      {writtenOffMinor > 0 && (
        <ReasonStep
          label={t('invoice.undo')}
          question={t('invoice.undoQuestion')}
          consequence={t('invoice.undoConsequence')}
          danger={false}
          onConfirm={(reason) => undo.mutateAsync({ id, reason })}
        />
      )}
    </Group>
  );
}
