import { Button, Modal, Stack, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconClipboard } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readPasted, type FormLine } from './lines.ts';

/** Many articles at once, as they come out of a spreadsheet. */
export function Paste({ onTake }: { onTake: (lines: FormLine[]) => void }) {
  const { t } = useTranslation('deliveries');
  const { t: c } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  const [text, setText] = useState('');
  const { lines, faults } = readPasted(text);
  const take = () => {
    onTake(lines);
    setText('');
    close();
  };
  return (
    <>
      <Button variant="subtle" leftSection={<IconClipboard size={18} aria-hidden />} onClick={open}>
        {t('merchant.paste')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('merchant.paste')}
        size="lg"
        closeButtonProps={{ 'aria-label': c('action.close') }}
      >
        <Stack gap="md">
          <Textarea
            label={t('merchant.lines')}
            description={t('merchant.pasteHint')}
            autosize
            minRows={6}
            maxRows={14}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
            error={
              faults.length > 0 &&
              t('merchant.pasteFaults', { count: faults.length, lines: faults.slice(0, 10).join(', ') })
            }
          />
          <Button w="fit-content" disabled={!lines.length || faults.length > 0} onClick={take}>
            {t('merchant.pasteTake')} ({t('articles', { count: lines.length })})
          </Button>
        </Stack>
      </Modal>
    </>
  );
}
