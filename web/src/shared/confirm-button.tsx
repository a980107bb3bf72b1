import { Button, Group, Modal, Stack, Text, type ButtonProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from './error-state.tsx';

export interface ConfirmDialogProps {
  /** Words of the button that does it. */
  label: string;
  /** What it asks, as a heading. */
  question: string;
  /** What will happen, and what cannot be undone. */
  consequence: ReactNode;
  /** Does it; the dialog stays open with the error when it fails. */
  onConfirm: () => Promise<unknown>;
  /** Fields that the step needs, such as a reason. */
  children?: ReactNode;
  canConfirm?: boolean;
  danger?: boolean;
  opened: boolean;
  onClose: () => void;
}

/** The button that opens it has the same words. */
export type ConfirmButtonProps = Omit<ConfirmDialogProps, 'opened' | 'onClose'> & Omit<ButtonProps, 'onClick'>;

/** A step that says what it will do before it does it. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { label, question, consequence, onConfirm, children, canConfirm = true, danger = true, ...button } = props;
  const [opened, { open, close }] = useDisclosure();
  const asks = { label, question, consequence, onConfirm, children, canConfirm, danger };
  return (
    <>
      <Button variant="default" {...button} onClick={open}>
        {label}
      </Button>
      <ConfirmDialog {...asks} opened={opened} onClose={close} />
    </>
  );
}

/** The same without a button of its own, for menus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { label, question, consequence, onConfirm, children, canConfirm = true, danger = true } = props;
  const { opened, onClose } = props;
  const { t } = useTranslation();
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const confirm = async () => {
    setState({ busy: true });
    try {
      await onConfirm();
      setState({ busy: false });
      onClose();
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={
        <Text span fw={650} fz="lg">
          {question}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <Stack gap="md">
        <Text component="div">{consequence}</Text>
        {children}
        {state.error !== undefined && <ErrorState error={state.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('action.cancel')}
          </Button>
          <Button
            {...(danger ? { color: 'var(--k-bad-fill)', c: '#fff' } : {})}
            loading={state.busy}
            disabled={!canConfirm}
            onClick={() => void confirm()}
          >
            {label}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
