import { Text } from '@mantine/core';
import {
  IconCamera,
  IconCheck,
  IconClipboardCheck,
  IconPackage,
  IconPackageImport,
  IconPlus,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DateTime } from '../../shared/date-time.tsx';
import type { Command, Step } from '../offline/model.ts';
import { localReturnOf, useDesk, useKept } from '../use-desk.ts';
import classes from './notes.module.css';

const ICONS: Record<Step['kind'], Icon> = {
  create: IconPackage,
  receive: IconPackageImport,
  addItem: IconPlus,
  inspect: IconClipboardCheck,
  photo: IconCamera,
  complete: IconCheck,
};

/** Steps in words, in their order. */
export function StepList({ commands }: { commands: readonly Command[] }) {
  const { t } = useTranslation('warehouse');
  const desk = useDesk();
  const kept = useKept();
  const nameOf = ({ returnId, step }: Command): string => {
    if (step.kind === 'addItem') return step.body.name || (step.body.sku ?? '');
    if (step.kind !== 'inspect') return '';
    const items = localReturnOf(desk, kept, returnId)?.view.items;
    const item = items?.find(({ id }) => id === step.body.itemId);
    return `${item?.name || item?.sku || ''}: ${step.body.grade}, ${step.body.note}`;
  };
  return (
    <ul className={classes.steps}>
      {commands.map((command) => {
        const Glyph = ICONS[command.step.kind];
        return (
          <li key={command.seq}>
            <Glyph size={22} aria-hidden />
            <Text lineClamp={2}>{[t(`step.${command.step.kind}`), nameOf(command)].filter(Boolean).join(' · ')}</Text>
            <Text c="dimmed" fz="sm" ml="auto" style={{ whiteSpace: 'nowrap' }}>
              <DateTime at={command.at} format="time" />
            </Text>
          </li>
        );
      })}
    </ul>
  );
}
