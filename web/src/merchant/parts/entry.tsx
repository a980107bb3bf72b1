import { Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './entry.module.css';

export interface EntryProps {
  to: string;
  title: string;
  text: readonly (string | null | false | undefined)[];
  badge?: ReactNode;
  children?: ReactNode;
}

/** A line that leads somewhere, as a whole. */
export function Entry({ to, title, text, badge, children }: EntryProps) {
  return (
    <div className={classes.entry}>
      <Group justify="space-between" align="flex-start" gap="xs">
        <Stack gap={2} miw={0}>
          <Link to={to} className={classes.link}>
            {title}
          </Link>
          <Text c="dimmed" fz="sm" component="div">
            {text.filter(Boolean).join(' · ')}
          </Text>
        </Stack>
        {badge}
      </Group>
      {children && <div className={classes.above}>{children}</div>}
    </div>
  );
}
