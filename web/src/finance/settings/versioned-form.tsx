import { Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRef, useState, type ReactNode } from 'react';
import { ApiError, hasCode } from '../../app/api/errors.ts';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { LeaveGuard } from '../../shared/leave-guard.tsx';
import { hasNumberFault } from '../../shared/number-fault.ts';
import { UnsavedBar } from './unsaved-bar.tsx';

export interface VersionedFormProps<Draft> {
  /** What the form shows until something is typed. */
  stored: Draft;
  /** Of what is stored; nothing where nothing is. */
  version: number | undefined;
  save: { error: Error | null; isPending: boolean; reset: () => void };
  /** Sends what was typed; a later version that is stored by then refuses it. */
  onSave: (
    draft: Draft,
    $options: { ifMatch: number },
    then: { onSuccess: (after: { version: number }) => void },
  ) => void;
  words: { saved: string; stale: string; unsaved: string; discard: string; save: string };
  /** Of the search of the page, where its change takes the form away, too. */
  part?: string;
  children: (fields: {
    draft: Draft;
    onChange: (patch: Partial<Draft>) => void;
    errorOf: ReturnType<typeof useFieldErrors>;
    /** A part without fields here was saved by itself, which made version `after`: what is typed is as good for that. */
    onSavedApart: (after: number) => void;
  }) => ReactNode;
}

/** What is typed is based on the version it began with, so that nobody's change is written over unseen. */
export function VersionedForm<Draft extends object>(props: VersionedFormProps<Draft>) {
  const { stored, version, save, onSave, words, part, children } = props;
  const [typed, setTyped] = useState<{ draft: Draft; version: number | undefined }>();
  const errorOf = useFieldErrors(save.error);
  const isOfFields = save.error instanceof ApiError && save.error.errors.length > 0;
  const form = useRef<HTMLDivElement>(null);
  // a patch may come after an answer of the server, when more was typed
  const onChange = (patch: Partial<Draft>) =>
    setTyped((was) => ({ draft: { ...(was?.draft ?? stored), ...patch }, version: was ? was.version : version }));
  // from exactly the version that is typed on: in a later one somebody may have changed the fields
  const onSavedApart = (after: number) =>
    setTyped((was) => (was?.version === after - 1 ? { ...was, version: after } : was));
  const discard = () => {
    save.reset();
    setTyped(undefined);
  };
  const store = () => {
    if (!typed || hasNumberFault(form.current)) return;
    const onSuccess = ({ version: after }: { version: number }) => {
      // what was typed since it was sent is still to be saved
      setTyped((now) => (now && now.draft !== typed.draft ? { draft: now.draft, version: after } : undefined));
      notifications.show({ message: words.saved });
    };
    // the first version is 1: who saw none does not replace it either
    onSave(typed.draft, { ifMatch: typed.version ?? 0 }, { onSuccess });
  };
  return (
    <Stack gap="lg" ref={form}>
      {children({ draft: typed?.draft ?? stored, onChange, errorOf, onSavedApart })}
      <LeaveGuard isDirty={typed !== undefined} {...(part ? { part } : {})} />
      {typed && (
        <UnsavedBar
          error={save.error}
          isOfFields={isOfFields}
          stale={hasCode(save.error, 'VERSION_STALE') && words.stale}
          words={words}
          isSaving={save.isPending}
          onDiscard={discard}
          onSave={store}
        />
      )}
    </Stack>
  );
}
