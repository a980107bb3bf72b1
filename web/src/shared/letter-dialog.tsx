import { Button, Group, Modal, Radio, Select, Stack, Text, Textarea, TextInput, type ButtonProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconMailPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input } from '../app/api/contract.ts';
import { useApiMutation } from '../app/api/queries.ts';
import { hasRole } from '../app/session/desks.ts';
import { useUser } from '../app/session/session.ts';
import { ErrorState } from './error-state.tsx';
import { useFieldErrors } from './field-errors.ts';
import { LetterHistory } from './letter-history.tsx';

type Letter = Input<'POST /messages'>;

export interface LetterAbout {
  /** What it is about; it stands in the history of that. */
  about: Letter['about'];
  /** Whose that is. */
  merchantId: string;
  /** Whether it can go to the consumer: only returns and orders have one. */
  consumer?: boolean;
}
export interface LetterButtonProps extends LetterAbout, Omit<ButtonProps, 'onClick' | 'children'> {}

/**
 * A button that opens a message to the merchant or the consumer, with what was written before (J19). It shows nothing
 * to people who may not write.
 */
export function LetterButton({ about, merchantId, consumer, ...button }: LetterButtonProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  if (!hasRole(useUser(), 'lead', 'finance', 'admin')) return null;
  const subject = { about, merchantId, ...(consumer === undefined ? {} : { consumer }) };
  return (
    <>
      <Button variant="default" leftSection={<IconMailPlus size={18} aria-hidden />} {...button} onClick={open}>
        {t('letter.write')}
      </Button>
      <LetterDialog {...subject} opened={opened} onClose={close} />
    </>
  );
}

export interface LetterDialogProps extends LetterAbout {
  opened: boolean;
  onClose: () => void;
}

/** The dialog of {@link LetterButton}, for a menu that opens it by itself. */
export function LetterDialog({ opened, onClose, ...subject }: LetterDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      centered={false}
      title={
        <Text span fw={650} fz="lg">
          {t('letter.title')}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="lg">
        <LetterForm {...subject} onCancel={onClose} />
        <LetterHistory documentId={subject.about.id} />
      </Stack>
    </Modal>
  );
}

function LetterForm({ about, merchantId, consumer, onCancel }: LetterAbout & { onCancel: () => void }) {
  const { t } = useTranslation();
  const mayReachConsumer = consumer ?? (about.type === 'return' || about.type === 'order');
  const [draft, setDraft] = useState<Pick<Letter, 'to' | 'subject' | 'body'>>({
    to: 'merchant',
    subject: '',
    body: '',
  });
  const [language, setLanguage] = useState<NonNullable<Letter['language']>>();
  const [tried, setTried] = useState(false);
  const send = useApiMutation('POST /messages', {
    onSuccess: ({ messages }) => {
      notifications.show({ message: t('letter.sent', { count: messages.length }) });
      setDraft({ ...draft, subject: '', body: '' });
      setTried(false);
    },
  });
  const fieldError = useFieldErrors(send.error);
  const lacks = (text: string, words: string) => (tried && !text.trim() ? words : undefined);
  const submit = () => {
    setTried(true);
    if (!draft.subject.trim() || !draft.body.trim()) return;
    send.mutate({ merchantId, about, ...draft, ...(language ? { language } : {}) });
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
        <Text c="dimmed">{t('letter.lead')}</Text>
        {mayReachConsumer && (
          <Radio.Group
            label={t('letter.to')}
            value={draft.to}
            onChange={(to) => setDraft({ ...draft, to: to as Letter['to'] })}
            error={fieldError('to')}
          >
            <Stack gap="xs" mt={6}>
              <Radio value="merchant" label={t('letter.toMerchant')} description={t('letter.toMerchantHint')} />
              <Radio value="consumer" label={t('letter.toConsumer')} description={t('letter.toConsumerHint')} />
            </Stack>
          </Radio.Group>
        )}
        <TextInput
          label={t('letter.subject')}
          required
          maxLength={150}
          value={draft.subject}
          onChange={({ currentTarget }) => setDraft({ ...draft, subject: currentTarget.value })}
          error={lacks(draft.subject, t('letter.subjectNeeded')) ?? fieldError('subject')}
          data-autofocus
        />
        <Textarea
          label={t('letter.body')}
          description={t('letter.bodyHint')}
          required
          autosize
          minRows={5}
          maxRows={14}
          maxLength={5_000}
          value={draft.body}
          onChange={({ currentTarget }) => setDraft({ ...draft, body: currentTarget.value })}
          error={lacks(draft.body, t('letter.bodyNeeded')) ?? fieldError('body')}
        />
        <Select
          label={t('letter.language')}
          placeholder={t('letter.languageOfMerchant')}
          clearable
          clearButtonProps={{ 'aria-label': t('letter.languageOfMerchant') }}
          data={[
            { value: 'de', label: 'Deutsch' },
            { value: 'en', label: 'English' },
          ]}
          value={language ?? null}
          onChange={(chosen) => setLanguage((chosen as 'de' | 'en' | null) ?? undefined)}
        />
        {send.error && <ErrorState error={send.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={send.isPending}>
            {t('letter.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
