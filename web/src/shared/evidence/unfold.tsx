import { Button } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import classes from './evidence.module.css';

export interface UnfoldProps {
  opened: boolean;
  onToggle: () => void;
  label: string;
  /** What it unfolds; read out after the label. */
  of: string;
}

/** Shows and hides what is behind a line. */
export function Unfold({ opened, onToggle, label, of }: UnfoldProps) {
  return (
    <Button
      variant="subtle"
      size="sm"
      mih={36}
      px="xs"
      className={classes.unfold}
      aria-expanded={opened}
      aria-label={`${label}: ${of}`}
      rightSection={<IconChevronDown size={16} aria-hidden className={opened ? classes.turned : ''} />}
      onClick={onToggle}
    >
      {label}
    </Button>
  );
}
