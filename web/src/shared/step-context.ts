import { createContext, useContext } from 'react';

export interface Step {
  label: string;
  danger: boolean;
  busy: boolean;
  /** Why it did not work the last time, until the dialog is closed. */
  error?: unknown;
  close: () => void;
  act: (onConfirm: () => Promise<unknown>) => Promise<void>;
}

/** The step whose dialog is open, for what stands in it. */
export const AskedStep = createContext<Step>({
  ...{ label: '', danger: false, busy: false },
  close: () => undefined,
  act: () => Promise.resolve(),
});

/** Why the step did not work, for `useFieldErrors` in its dialog. */
export const useStepError = (): unknown => useContext(AskedStep).error;
