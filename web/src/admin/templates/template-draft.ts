import { useState } from 'react';
import type { Input, Output } from '../../app/api/contract.ts';

export type Template = Output<'GET /message-templates'>['items'][number];
export type Slot = Template['slots'][number];
export type Texts = Input<'PUT /message-templates/{kind}/{language}'>['texts'];

export interface TemplateDraft {
  textOf: (slot: Slot) => string;
  set: (slot: Slot, text: string) => void;
  /** Only texts that are other words than the standard: those the server is told. */
  texts: Texts;
  isDirty: boolean;
  version: number;
  discard: () => void;
  /** The texts are stored, as version `after`; what was written since they were sent stays a change of that. */
  settle: (after: { version: number }) => void;
}

/** Texts of one mail while they are changed. */
export function useTemplateDraft(template: Template): TemplateDraft {
  const [edited, setEdited] = useState<{ version: number; texts: Record<string, string> }>();
  const stored = Object.fromEntries(template.slots.map(({ name, override, standard }) => [name, override ?? standard]));
  const current = edited?.texts ?? stored;
  const standards = Object.fromEntries(template.slots.map(({ name, standard }) => [name, standard]));
  return {
    textOf: ({ name }) => current[name] ?? '',
    set: ({ name }, text) =>
      setEdited({ version: edited?.version ?? template.version, texts: { ...current, [name]: text } }),
    texts: Object.fromEntries(Object.entries(current).filter(([name, text]) => text !== standards[name])),
    isDirty: Object.entries(current).some(([name, text]) => text !== stored[name]),
    version: edited?.version ?? template.version,
    discard: () => setEdited(undefined),
    settle: ({ version }) => setEdited((now) => (now && now !== edited ? { ...now, version } : undefined)),
  };
}
