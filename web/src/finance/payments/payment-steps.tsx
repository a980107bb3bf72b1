import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { Section } from '../../shared/section.tsx';
import { AllocationFields, allocationsOf, isAllocable, type Typed } from './allocation-fields.tsx';
import { AmountStep } from './amount-step.tsx';
import { useMoneyMutation } from './money-mutation.ts';
import { ReasonStep } from './reason-step.tsx';

type Payment = Output<'GET /payments/{id}'>;

/** What can be done with a payment: first with what is left of it, then with the payment as a whole. */
export function PaymentSteps({ payment }: { payment: Payment }) {
  const { t } = useTranslation('payments');
  const isUnused = payment.unallocatedMinor === payment.amountMinor;
  return (
    <>
      {payment.merchantId && payment.unallocatedMinor !== 0 && (
        <Section title={t('allocate.title')}>
          {/* begins anew with each change of what is left */}
          <Allocate key={payment.unallocatedMinor} payment={payment} merchantId={payment.merchantId} />
          {payment.unallocatedMinor > 0 && <Rest payment={payment} />}
        </Section>
      )}
      {isUnused && (
        <Section title={t('correct')}>
          <Group>
            <Assign payment={payment} />
            <Void payment={payment} />
          </Group>
        </Section>
      )}
    </>
  );
}

function Allocate({ payment: { id, unallocatedMinor }, merchantId }: { payment: Payment; merchantId: string }) {
  const { t } = useTranslation('payments');
  const allocate = useMoneyMutation('POST /payments/{id}/allocations');
  const [typed, setTyped] = useState<Typed>({});
  const allocations = allocationsOf(typed);
  const save = () =>
    allocate.mutate({ id, allocations }, { onSuccess: () => notifications.show({ message: t('allocate.done') }) });
  return (
    <Stack gap="md">
      <AllocationFields merchantId={merchantId} mostMinor={unallocatedMinor} typed={typed} onChange={setTyped} />
      {allocate.error && <ErrorState error={allocate.error} />}
      <Group>
        <Button
          disabled={!allocations.length || !isAllocable(typed, unallocatedMinor)}
          loading={allocate.isPending}
          onClick={save}
        >
          {t('allocate.action')}
        </Button>
      </Group>
    </Stack>
  );
}

/** What is not needed for documents becomes credit or goes back. */
function Rest({ payment: { id, unallocatedMinor } }: { payment: Payment }) {
  const { t } = useTranslation('payments');
  const { money } = useFormats();
  const grant = useMoneyMutation('POST /payments/{id}/credit');
  const refund = useMoneyMutation('POST /payments/{id}/refund');
  return (
    <Stack gap="xs">
      <Text c="dimmed">{t('rest.hint', { amount: money(unallocatedMinor) })}</Text>
      <Group>
        <AmountStep
          label={t('rest.grant')}
          question={t('rest.grantQuestion')}
          consequence={t('rest.grantConsequence')}
          mostMinor={unallocatedMinor}
          onConfirm={({ amountMinor, reason }) => grant.mutateAsync({ id, amountMinor, reason })}
        />
        <AmountStep
          label={t('rest.refund')}
          question={t('rest.refundQuestion')}
          consequence={t('rest.refundConsequence')}
          mostMinor={unallocatedMinor}
          dated
          onConfirm={(said) => refund.mutateAsync({ id, ...said })}
        />
      </Group>
    </Stack>
  );
}

function Assign({ payment: { id, merchantId: current } }: { payment: Payment }) {
  const { t } = useTranslation('payments');
  const assign = useMoneyMutation('POST /payments/{id}/assign');
  const navigate = useNavigate();
  const [merchantId, setMerchantId] = useState<string | null>(null);
  return (
    <ConfirmButton
      label={t('assign.action')}
      question={t('assign.question')}
      consequence={t(current ? 'assign.consequenceOther' : 'assign.consequence')}
      danger={false}
      canConfirm={merchantId !== null && merchantId !== current}
      onConfirm={async () => {
        const { id: answered } = await assign.mutateAsync({ id, merchantId: merchantId! });
        // money that was another merchant's is recorded anew
        if (answered !== id) await navigate({ to: `/finance/payments/${answered}` });
      }}
    >
      <MerchantSelect label={t('merchant')} value={merchantId} onChange={setMerchantId} withNumber />
    </ConfirmButton>
  );
}

function Void({ payment: { id } }: { payment: Payment }) {
  const { t } = useTranslation('payments');
  const mutation = useMoneyMutation('POST /payments/{id}/void');
  return (
    <ReasonStep
      size="sm"
      label={t('void.action')}
      question={t('void.question')}
      consequence={t('void.consequence')}
      onConfirm={(reason) => mutation.mutateAsync({ id, reason })}
    />
  );
}
