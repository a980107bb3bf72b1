import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { creditable, NOTHING, readCredit, type Taken } from './credit-draft.ts';
import { CreditLineField } from './credit-line.tsx';
import { CreditPreview } from './credit-preview.tsx';

type Invoice = Output<'GET /invoices/{id}'>;

/** Credits a part of an invoice: what of which line, then what it comes to, then the document. */
export function CreditInvoice({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation('finance');
  const { t: c } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('corrections.credit')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        size="lg"
        centered={false}
        title={
          <Text span fw={650} fz="lg">
            {t('corrections.creditTitle', { number: invoice.number ?? '' })}
          </Text>
        }
        closeButtonProps={{ 'aria-label': c('action.close') }}
      >
        {opened && <Steps invoice={invoice} onClose={close} />}
      </Modal>
    </>
  );
}

function Steps({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const { t } = useTranslation('finance');
  const [taken, setTaken] = useState<ReadonlyMap<string, Taken>>(new Map());
  const [reason, setReason] = useState('');
  const preview = useApiMutation('POST /invoices/{id}/credit/preview');
  const credit = useApiMutation('POST /invoices/{id}/credit');
  const { id } = invoice;
  const { lines, unclear } = readCredit(invoice.lines, taken);
  const issue = () =>
    credit.mutate(
      // what was looked at: the lines may be others by now, as after an attempt whose answer was lost
      { id, reason: reason.trim(), lines: preview.variables?.lines ?? lines },
      {
        onSuccess: ({ number }) => {
          notifications.show({ message: t('corrections.issued', { number: number ?? '' }) });
          onClose();
        },
      },
    );
  if (preview.data)
    return (
      <Stack gap="md">
        <CreditPreview invoice={invoice} preview={preview.data} reason={reason.trim()} />
        {credit.error && <ErrorState error={credit.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => (credit.reset(), preview.reset())}>
            {t('corrections.back')}
          </Button>
          <Button loading={credit.isPending} onClick={issue} data-autofocus>
            {t('corrections.issue')}
          </Button>
        </Group>
      </Stack>
    );
  const next = () => preview.mutate({ id, lines });
  const take = (lineId: string, one: Taken) => {
    preview.reset();
    setTaken(new Map(taken).set(lineId, one));
  };
  const form = {
    invoice,
    taken,
    reason,
    error: preview.error,
    isPending: preview.isPending,
    lineIds: lines.map(({ lineId }) => lineId),
    unclear,
  };
  return <Fields {...form} onTake={take} onReason={setReason} onNext={next} onCancel={onClose} />;
}

interface FieldsProps {
  invoice: Invoice;
  taken: ReadonlyMap<string, Taken>;
  reason: string;
  /** Of the preview, and which lines it was asked for. */
  error: Error | null;
  isPending: boolean;
  lineIds: readonly string[];
  /** Lines that are chosen without saying how much. */
  unclear: Invoice['lines'];
  onTake: (lineId: string, taken: Taken) => void;
  onReason: (reason: string) => void;
  onNext: () => void;
  onCancel: () => void;
}

function Fields({
  invoice,
  taken,
  reason,
  error,
  isPending,
  lineIds,
  unclear,
  onTake,
  onReason,
  onNext,
  onCancel,
}: FieldsProps) {
  const { t } = useTranslation('finance');
  const { t: c } = useTranslation();
  const [tried, setTried] = useState(false);
  const fieldError = useFieldErrors(error);
  const errorOf = ({ id }: Invoice['lines'][number]) =>
    tried && unclear.some((one) => one.id === id)
      ? t('corrections.howMuch')
      : lineIds.includes(id)
        ? fieldError(`lines.${lineIds.indexOf(id)}`, true)
        : undefined;
  const submit = () => {
    setTried(true);
    if (reason.trim() && lineIds.length && !unclear.length) onNext();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        <Text>{t('corrections.creditLead')}</Text>
        {creditable(invoice.lines).map((line) => (
          <CreditLineField
            key={line.id}
            line={line}
            currency={invoice.currency}
            taken={taken.get(line.id) ?? NOTHING}
            onChange={(one) => onTake(line.id, one)}
            error={errorOf(line)}
          />
        ))}
        <Textarea
          label={t('reason')}
          description={t('corrections.reasonHint')}
          autosize
          minRows={2}
          maxLength={500}
          required
          error={tried && !reason.trim() ? t('corrections.missingReason') : undefined}
          value={reason}
          onChange={({ currentTarget }) => onReason(currentTarget.value)}
        />
        {tried && !lineIds.length && !unclear.length && <Text c="var(--k-bad)">{t('corrections.chooseLine')}</Text>}
        {tried && unclear.length > 0 && (
          <Text c="var(--k-bad)" role="alert">
            {t('corrections.unclear', { lines: unclear.map(({ label }) => label).join(', ') })}
          </Text>
        )}
        {error && <ErrorState error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {c('action.cancel')}
          </Button>
          <Button type="submit" loading={isPending}>
            {t('corrections.preview')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
