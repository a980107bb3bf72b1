import { Card, Stack, Text, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';

export interface SectionProps {
  title: string;
  /** What the settings in it do, in whole sentences. */
  lead?: ReactNode;
  children: ReactNode;
  aside?: ReactNode;
}

/** A card with settings that belong together. */
export function Section({ title, lead, children, aside }: SectionProps) {
  const heading = useId();
  return (
    <Card component="section" aria-labelledby={heading}>
      <Stack gap="md">
        <div>
          <Title id={heading} order={2} size="h4">
            {title}
          </Title>
          {lead && (
            <Text c="dimmed" component="div" maw={760}>
              {lead}
            </Text>
          )}
        </div>
        {children}
        {aside}
      </Stack>
    </Card>
  );
}
