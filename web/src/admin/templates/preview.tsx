import { Card, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { callApi } from '../../app/api/client.ts';
import { ApiError } from '../../app/api/errors.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { MailFrame } from '../../shared/mail-frame.tsx';
import { NoteBox } from '../../shared/note-box.tsx';
import classes from './templates.module.css';
import type { Template, Texts } from './template-draft.ts';

const PAUSE_MS = 400;

/** What the texts on the screen look like with sample data; nothing is stored. */
export function usePreview({ kind, language, merchantId }: Template, texts: Texts) {
  const [asked] = useDebouncedValue(texts, PAUSE_MS);
  const input = { kind, language, texts: asked, ...(merchantId ? { merchantId } : {}) };
  return useQuery({
    queryKey: ['POST /message-templates/{kind}/{language}/preview', input],
    queryFn: ({ signal }) => callApi('POST /message-templates/{kind}/{language}/preview', input, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

export function Preview({ preview }: { preview: ReturnType<typeof usePreview> }) {
  const { t } = useTranslation('admin');
  const { data, error, refetch } = preview;
  const isFault = error instanceof ApiError && error.status === 422;
  return (
    <Card component="section" aria-label={t('templates.preview')} className={classes.preview}>
      <Stack gap="sm">
        <div>
          <Title order={2} size="h4">
            {t('templates.preview')}
          </Title>
          <Text c="dimmed" fz="sm">
            {t('templates.previewLead')}
          </Text>
        </div>
        {isFault && (
          <NoteBox tone="warn">
            <Text>{t('templates.faulty')}</Text>
          </NoteBox>
        )}
        {error && !isFault && <ErrorState error={error} onRetry={refetch} />}
        {!data && !error && <Skeleton h={360} />}
        {data && !isFault && (
          <>
            <div>
              <Text fz="sm" c="dimmed">
                {t('templates.slot.subject')}
              </Text>
              <Text fw={600}>{data.subject}</Text>
            </div>
            <MailFrame html={data.html} title={t('templates.preview')} />
          </>
        )}
      </Stack>
    </Card>
  );
}
