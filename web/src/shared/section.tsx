import { Card, Group, Skeleton, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorState } from './error-state.tsx';

export interface SectionProps {
  title: string;
  /** Beside the heading: a link, a count. */
  aside?: ReactNode;
  query?: SectionQuery;
  children: ReactNode;
}

export interface SectionQuery {
  isPending: boolean;
  error: Error | null;
  refetch: () => unknown;
  /** Of one record, or of a list. */
  data?: unknown;
  items?: readonly unknown[];
}

/**
 * A part of a page with its heading, which loads and fails on its own. What is there stays when asking again fails,
 * because somebody may be typing into it.
 */
export function Section({ title, aside, query, children }: SectionProps) {
  return (
    <Card component="section" aria-label={title}>
      <Group justify="space-between" align="flex-start" mb="md">
        <Title order={2} size="h4">
          {title}
        </Title>
        {aside}
      </Group>
      {query?.error && query.data === undefined && !query.items?.length ? (
        <ErrorState error={query.error} onRetry={query.refetch} />
      ) : query?.isPending ? (
        <Skeleton h={120} radius="md" />
      ) : (
        <Stack gap="md">{children}</Stack>
      )}
    </Card>
  );
}
