import { Button, type ButtonProps } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { downloadFile } from '../app/api/client.ts';
import type { FileRoute, Input } from '../app/api/contract.ts';
import { useErrorText } from './error-text.ts';

export interface DownloadButtonProps<R extends FileRoute> extends ButtonProps {
  route: R;
  input: Input<R>;
  children: ReactNode;
}

/** Saves a file of the API; a failure is told. */
export function DownloadButton<R extends FileRoute>({ route, input, children, ...button }: DownloadButtonProps<R>) {
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    await downloadFile(route, input).catch((error: unknown) => {
      notifications.show({ message: errorText(error), color: 'red' });
    });
    setBusy(false);
  };
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={20} aria-hidden />}
      {...button}
      loading={busy}
      onClick={() => void save()}
    >
      {children}
    </Button>
  );
}
