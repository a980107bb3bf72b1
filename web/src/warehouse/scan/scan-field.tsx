import { ActionIcon, Group, Input, Stack, TextInput } from '@mantine/core';
import { IconBarcode, IconCamera } from '@tabler/icons-react';
import { lazy, Suspense, useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { scanned } from './use-scan.ts';

const CameraScanner = lazy(() => import('./camera-scanner.tsx'));

export interface ScanFieldProps {
  label: string;
  description?: string;
  /** Puts the cursor into it where that opens no keyboard on the screen. */
  focus?: boolean;
}

/** The one field that takes everything: typed, scanned by a keyboard wedge, or read by the camera. */
export function ScanField({ label, description, focus = false }: ScanFieldProps) {
  const { t } = useTranslation('warehouse');
  const id = useId();
  const [text, setText] = useState('');
  const [camera, setCamera] = useState(false);
  const search = (event: FormEvent) => {
    event.preventDefault();
    const code = text.trim();
    setText('');
    if (code) scanned(code);
  };
  return (
    <>
      <form onSubmit={search} role="search">
        <Stack gap={2} mb={8}>
          <Input.Label htmlFor={id} fz="lg" fw={600}>
            {label}
          </Input.Label>
          {description && (
            <Input.Description id={`${id}-hint`} fz="sm">
              {description}
            </Input.Description>
          )}
        </Stack>
        <Group gap="sm" wrap="nowrap">
          <TextInput
            flex={1}
            size="xl"
            data-scan
            id={id}
            aria-describedby={description ? `${id}-hint` : undefined}
            placeholder={t('scan.placeholder')}
            leftSection={<IconBarcode size={28} aria-hidden />}
            autoFocus={focus && matchMedia('(hover: hover)').matches}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="search"
            maxLength={80}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
          <ActionIcon
            variant="filled"
            size={60}
            radius="md"
            c="var(--mantine-primary-color-contrast)"
            aria-label={t('scan.camera')}
            onClick={() => setCamera(true)}
          >
            <IconCamera size={30} aria-hidden />
          </ActionIcon>
        </Group>
      </form>
      {camera && (
        <Suspense>
          <CameraScanner onClose={() => setCamera(false)} />
        </Suspense>
      )}
    </>
  );
}
