import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { Section } from '../../shared/section.tsx';
import { AllocationFields } from './allocation-fields.tsx';
import { AmountStep } from './amount-step.tsx';
import { useMoneyMutation } from './money-mutation.ts';
import { ReasonStep } from '../../shared/reason-step.tsx';
import { useAllocations } from './use-allocations.ts';

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
  const draft = useAllocations(merchantId, unallocatedMinor);
  const { allocations } = draft;
  const done = { onSuccess: () => notifications.show({ message: t('allocate.done') }) };
  return (
    <Stack gap="md">
      <AllocationFields draft={draft} />
      {allocate.error && <ErrorState error={allocate.error} />}
      <Group>
        <Button
          disabled={!allocations?.length}
          loading={allocate.isPending}
          onClick={() => allocations && allocate.mutate({ id, allocations }, done)}
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

type AssignProps = Pick<Payment, 'merchantId'> & { onConfirm: (merchantId: string) => Promise<unknown> };

function Assign({ payment: { id, merchantId } }: { payment: Payment }) {
  const { t } = useTranslation('payments');
  const assign = useMoneyMutation('POST /payments/{id}/assign');
  const navigate = useNavigate();
  const confirm = async (chosen: string) => {
    const { id: answered } = await assign.mutateAsync({ id, merchantId: chosen });
    // money that was another merchant's is recorded anew
    if (answered !== id) await navigate({ to: `/finance/payments/${answered}` });
  };
  return (
    <StepButton label={t('assign.action')} question={t('assign.question')} danger={false}>
      <AssignFields merchantId={merchantId} onConfirm={confirm} />
    </StepButton>
  );
}

function AssignFields({ merchantId: current, onConfirm }: AssignProps) {
  const { t } = useTranslation('payments');
  const [merchantId, setMerchantId] = useState<string | null>(null);
  return (
    <StepForm
      consequence={t(current ? 'assign.consequenceOther' : 'assign.consequence')}
      canConfirm={merchantId !== null && merchantId !== current}
      onConfirm={() => onConfirm(merchantId!)}
    >
      <MerchantSelect label={t('merchant')} value={merchantId} onChange={setMerchantId} withNumber />
    </StepForm>
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
