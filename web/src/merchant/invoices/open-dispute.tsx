import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input, Output } from '../../app/api/contract.ts';
import { queryClient, useApiMutation } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import type { Line } from '../../shared/evidence/invoice-lines.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { MoneyInput } from '../../shared/figure-input.tsx';
import { MAX_LENGTH } from '../../shared/line-disputes/write-message.tsx';
import { hasNumberFault } from '../../shared/number-fault.ts';
import { isUnreadable, type Typed } from '../../shared/typed-figure.ts';

type Reason = Input<'POST /invoices/{id}/lines/{lineId}/disputes'>['reason'];
const REASONS = ['wrongQuantity', 'wrongPrice', 'notOrdered', 'quality', 'other'] as const satisfies readonly Reason[];

export interface OpenDisputeProps {
  invoice: Pick<Output<'GET /invoices/{id}'>, 'id' | 'currency'>;
  line: Line;
  opened: boolean;
  onClose: () => void;
  /** Called once it is disputed. */
  onOpened: () => void;
}

/** A dialog in which a line is disputed. */
export function OpenDispute({ opened, onClose, ...rest }: OpenDisputeProps) {
  const { t } = useTranslation('disputes');
  const { t: c } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={
        <Text span fw={650} fz="lg">
          {t('merchant.title', { label: rest.line.label })}
        </Text>
      }
      closeButtonProps={{ 'aria-label': c('action.close') }}
    >
      <Fields {...rest} onClose={onClose} />
    </Modal>
  );
}

function Fields({ invoice, line, onClose, onOpened }: Omit<OpenDisputeProps, 'opened'>) {
  const { t } = useTranslation('disputes');
  const { t: c } = useTranslation();
  const { money } = useFormats();
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<{ reason: Reason | null; text: string; amount: Typed<number> }>({
    ...{ reason: null, text: '', amount: undefined },
  });
  const [tried, setTried] = useState(false);
  const open = useApiMutation('POST /invoices/{id}/lines/{lineId}/disputes', {
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['GET /line-disputes'] });
      notifications.show({ message: t('merchant.opened') });
      onOpened();
      onClose();
    },
  });
  const fieldError = useFieldErrors(open.error);
  const submit = () => {
    setTried(true);
    const { reason, text, amount } = draft;
    if (!reason || !text.trim() || open.isPending || hasNumberFault(form.current) || isUnreadable(amount)) return;
    const said = { id: invoice.id, lineId: line.id, reason, text: text.trim() };
    open.mutate({ ...said, ...(amount === undefined ? {} : { netMinor: amount }) });
  };
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        <Text c="dimmed">{t('merchant.lead')}</Text>
        <Select
          label={t('merchant.choose')}
          size="md"
          data={REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))}
          value={draft.reason}
          onChange={(reason) => setDraft({ ...draft, reason: reason as Reason })}
          placeholder={t('merchant.chooseOne')}
          allowDeselect={false}
          error={tried && !draft.reason ? t('merchant.chooseOne') : fieldError('reason')}
        />
        <Textarea
          label={t('merchant.text')}
          description={t('merchant.textHint')}
          size="md"
          autosize
          minRows={3}
          maxRows={10}
          maxLength={MAX_LENGTH}
          value={draft.text}
          onChange={({ currentTarget }) => setDraft({ ...draft, text: currentTarget.value })}
          error={tried && !draft.text.trim() ? t('merchant.missing') : fieldError('text')}
        />
        <MoneyInput
          size="md"
          label={t('merchant.amount')}
          description={t('merchant.amountHint', { amount: money(line.remainingNetMinor, invoice.currency) })}
          value={draft.amount}
          onChange={(amount) => setDraft({ ...draft, amount })}
          currency={invoice.currency}
          maxMinor={line.remainingNetMinor}
          error={fieldError('netMinor')}
        />
        {open.error && <ErrorState error={open.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {c('action.cancel')}
          </Button>
          <Button type="submit" loading={open.isPending}>
            {t('merchant.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
