import { Stack, Text, ThemeIcon } from '@mantine/core';
import { IconInbox, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

export interface EmptyStateProps {
  title: string;
  text?: string;
  icon?: Icon;
  /** The next step, as a button. */
  children?: ReactNode;
}

/** Nothing to show, and why that may be fine. */
export function EmptyState({ title, text, icon: Glyph = IconInbox, children }: EmptyStateProps) {
  return (
    <Stack align="center" ta="center" gap="xs" py={48} px="md">
      <ThemeIcon size={56} radius="xl" variant="light" color="gray">
        <Glyph size={28} aria-hidden />
      </ThemeIcon>
      <Text fw={600} fz="lg">
        {title}
      </Text>
      {text && (
        <Text c="dimmed" maw={420}>
          {text}
        </Text>
      )}
      {children}
    </Stack>
  );
}
