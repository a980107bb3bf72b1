import { ActionIcon, Button } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../../shared/section.tsx';
import type { Adjustment, Draft, Minimum, Rule } from '../card.ts';
import { Adjustments, Minimums } from '../extras.tsx';
import { RuleTable } from '../rule-table.tsx';
import { AdjustmentDialog, newAdjustment } from './adjustment-dialog.tsx';
import type { Edited } from './edit-dialog.tsx';
import { MinimumDialog, newMinimum } from './minimum-dialog.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { newRule } from './units.ts';

export interface VersionEditorProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** What the server refuses, by its path in the draft; `deep` also what is wrong inside of it. */
  errorOf: (path: string, deep?: boolean) => string | undefined;
}

type Open =
  | { part: 'rules'; edited: Edited<Rule> }
  | { part: 'adjustments'; edited: Edited<Adjustment> }
  | { part: 'minimums'; edited: Edited<Minimum> };

/** Rules, surcharges, discounts and minimums of a version that is not stored yet. */
export function VersionEditor({ draft, onChange, errorOf }: VersionEditorProps) {
  const { t } = useTranslation('finance');
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const put = <Item,>(items: readonly Item[], { index }: Edited<Item>, item: Item): Item[] =>
    index === null ? [...items, item] : items.map((one, at) => (at === index ? item : one));
  const without = <Item,>(items: readonly Item[], index: number) => items.filter((_, at) => at !== index);
  const fieldErrors =
    ({ part, edited }: Open) =>
    (path: string) =>
      edited.index === null ? undefined : errorOf(`${part}.${edited.index}.${path}`);
  return (
    <>
      <Section
        title={t('card.rules')}
        aside={
          <Add
            label={t('editor.newRule')}
            onClick={() => setOpen({ part: 'rules', edited: { item: newRule(), index: null } })}
          />
        }
      >
        <RuleTable
          rules={draft.rules}
          errorOf={(index) => errorOf(`rules.${index}`, true)}
          actions={(item, index) => (
            <Buttons
              name={item.key}
              onEdit={() => setOpen({ part: 'rules', edited: { item, index } })}
              onRemove={() => onChange({ ...draft, rules: without(draft.rules, index) })}
            />
          )}
        />
      </Section>
      <Section
        title={t('adjustment.title')}
        aside={
          <Add
            label={t('adjustment.new')}
            onClick={() => setOpen({ part: 'adjustments', edited: { item: newAdjustment(), index: null } })}
          />
        }
      >
        <Adjustments
          items={draft.adjustments}
          errorOf={(index) => errorOf(`adjustments.${index}`, true)}
          actions={(item, index) => (
            <Buttons
              name={item.key}
              onEdit={() => setOpen({ part: 'adjustments', edited: { item, index } })}
              onRemove={() => onChange({ ...draft, adjustments: without(draft.adjustments, index) })}
            />
          )}
        />
      </Section>
      <Section
        title={t('minimum.title')}
        aside={
          <Add
            label={t('minimum.new')}
            onClick={() => setOpen({ part: 'minimums', edited: { item: newMinimum(), index: null } })}
          />
        }
      >
        <Minimums
          items={draft.minimums}
          errorOf={(index) => errorOf(`minimums.${index}`, true)}
          actions={(item, index) => (
            <Buttons
              name={item.key}
              onEdit={() => setOpen({ part: 'minimums', edited: { item, index } })}
              onRemove={() => onChange({ ...draft, minimums: without(draft.minimums, index) })}
            />
          )}
        />
      </Section>
      {open?.part === 'rules' && (
        <RuleDialog
          edited={open.edited}
          errorOf={fieldErrors(open)}
          onClose={close}
          onApply={(rule) => {
            onChange({ ...draft, rules: put(draft.rules, open.edited, rule) });
            close();
          }}
        />
      )}
      {open?.part === 'adjustments' && (
        <AdjustmentDialog
          edited={open.edited}
          rules={draft.rules.map(({ key }) => key)}
          errorOf={fieldErrors(open)}
          onClose={close}
          onApply={(item) => {
            onChange({ ...draft, adjustments: put(draft.adjustments, open.edited, item) });
            close();
          }}
        />
      )}
      {open?.part === 'minimums' && (
        <MinimumDialog
          edited={open.edited}
          errorOf={fieldErrors(open)}
          onClose={close}
          onApply={(item) => {
            onChange({ ...draft, minimums: put(draft.minimums, open.edited, item) });
            close();
          }}
        />
      )}
    </>
  );
}

function Add({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button variant="default" leftSection={<IconPlus size={18} aria-hidden />} onClick={onClick}>
      {label}
    </Button>
  );
}

function Buttons({ name, onEdit, onRemove }: { name: string; onEdit: () => void; onRemove: () => void }) {
  const { t } = useTranslation('finance');
  return (
    <>
      <ActionIcon size={40} aria-label={t('editor.edit', { name })} onClick={onEdit}>
        <IconPencil size={20} aria-hidden />
      </ActionIcon>
      <ActionIcon size={40} aria-label={t('editor.remove', { name })} onClick={onRemove}>
        <IconTrash size={20} aria-hidden />
      </ActionIcon>
    </>
  );
}
