import { Button, Group, Modal, Stack, Text, type ButtonProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useContext, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from './error-state.tsx';
import { hasNumberFault } from './number-fault.ts';
import { AskedStep, type Step } from './step-context.ts';

interface Asks {
  /** Words of the button that does it. */
  label: string;
  /** What it asks, as a heading. */
  question: string;
  danger?: boolean;
  /** Room for fields beside each other. */
  wide?: boolean;
}

export interface StepFormProps {
  /** What will happen, and what cannot be undone. */
  consequence?: ReactNode;
  /** Does it; the dialog stays open with the error when it fails. */
  onConfirm: () => Promise<unknown>;
  /** Fields that the step needs, such as a reason. */
  children?: ReactNode;
  canConfirm?: boolean;
}

export interface ConfirmDialogProps extends Asks, StepFormProps {
  opened: boolean;
  onClose: () => void;
}

/** The button that opens it has the same words. */
export type ConfirmButtonProps = Asks & StepFormProps & Omit<ButtonProps, 'onClick'>;

/** A step that says what it will do before it does it. One with fields that keep something is a {@link StepButton}. */
export function ConfirmButton({ consequence, onConfirm, children, canConfirm = true, ...asks }: ConfirmButtonProps) {
  return (
    <StepButton {...asks}>
      <StepForm {...{ consequence, onConfirm, children, canConfirm }} />
    </StepButton>
  );
}

/** The same without a button of its own, for menus. */
export function ConfirmDialog({ consequence, onConfirm, children, canConfirm = true, ...asks }: ConfirmDialogProps) {
  return (
    <StepDialog {...asks}>
      <StepForm {...{ consequence, onConfirm, children, canConfirm }} />
    </StepDialog>
  );
}

/**
 * A step with fields: what is in it is there only while the dialog is open, so it begins anew each time. Its child has
 * the fields and a {@link StepForm} around them; the mutation stays outside, because it knows what was tried before.
 */
export function StepButton({ label, question, danger, wide, children, ...button }: StepButtonProps) {
  const [opened, { open, close }] = useDisclosure();
  const asks = {
    label,
    question,
    ...(danger === undefined ? {} : { danger }),
    ...(wide === undefined ? {} : { wide }),
  };
  return (
    <>
      <Button variant="default" {...button} onClick={open}>
        {label}
      </Button>
      <StepDialog {...asks} opened={opened} onClose={close}>
        {children}
      </StepDialog>
    </>
  );
}
export type StepButtonProps = Asks & Omit<ButtonProps, 'onClick'> & { children: ReactNode };

interface StepDialogProps extends Asks {
  opened: boolean;
  onClose: () => void;
  children: ReactNode;
}

function StepDialog({ label, question, danger = true, wide = false, opened, onClose, children }: StepDialogProps) {
  const { t } = useTranslation();
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const close = () => {
    setState(({ busy }) => ({ busy }));
    onClose();
  };
  const act: Step['act'] = async (onConfirm) => {
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
      onClose={close}
      {...(wide ? { size: 'lg' } : {})}
      title={
        <Text span fw={650} fz="lg">
          {question}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <AskedStep value={{ ...state, label, danger, close, act }}>{children}</AskedStep>
    </Modal>
  );
}

/** What the dialog of a step says and asks. It is not sent as long as a number in it cannot be read. */
export function StepForm({ consequence, onConfirm, children, canConfirm = true }: StepFormProps) {
  const { t } = useTranslation();
  const fields = useRef<HTMLDivElement>(null);
  const { label, danger, busy, error, close, act } = useContext(AskedStep);
  return (
    <Stack gap="md" ref={fields}>
      {consequence !== undefined && <Text component="div">{consequence}</Text>}
      {children}
      {error !== undefined && <ErrorState error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={close} data-autofocus>
          {t('action.cancel')}
        </Button>
        <Button
          {...(danger ? { color: 'var(--k-bad-fill)', c: '#fff' } : {})}
          loading={busy}
          disabled={!canConfirm}
          onClick={() => hasNumberFault(fields.current) || void act(onConfirm)}
        >
          {label}
        </Button>
      </Group>
    </Stack>
  );
}
