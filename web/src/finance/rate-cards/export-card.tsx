import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callApi, downloadFile, saveBlob } from '../../app/api/client.ts';
import { currentLanguage } from '../../app/i18n/texts.ts';
import { useErrorText } from '../../shared/error-text.ts';

/** Saves a card with all of its versions, for a spreadsheet or to be taken in again elsewhere. */
export function ExportCard({ id, code }: { id: string; code: string }) {
  const { t } = useTranslation('finance');
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const save = async (how: () => Promise<void>) => {
    setBusy(true);
    await how().catch((error: unknown) => notifications.show({ message: errorText(error), color: 'red' }));
    setBusy(false);
  };
  const csv = () => downloadFile('GET /rate-cards/{id}/card.csv', { id, language: currentLanguage() });
  const json = async () => {
    const card = await callApi('GET /rate-cards/{id}', { id });
    const blob = new Blob([`${JSON.stringify(card, null, 2)}\n`], { type: 'application/json' });
    saveBlob(blob, `${code.replaceAll(/[^A-Za-z0-9._-]+/g, '-')}.json`);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={busy} leftSection={<IconDownload size={20} aria-hidden />}>
          {t('export.action')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save(csv)}>{t('export.csv')}</Menu.Item>
        <Menu.Item onClick={() => void save(json)}>{t('export.json')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
