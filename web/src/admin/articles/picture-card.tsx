import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconCamera, IconPhotoUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../../app/api/client.ts';
import type { Output } from '../../app/api/contract.ts';
import { queryClient } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { PhotoGrid } from '../../shared/photo-grid.tsx';
import { Section } from '../parts/section.tsx';

const ACCEPTED = 'image/jpeg,image/png,image/webp';

/** What the article looks like when nothing is wrong with it: workers see it beside what was sent back. */
export function PictureCard({ article }: { article: Output<'GET /articles/{id}'> }) {
  const { t } = useTranslation('admin');
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const { id, picture, name, sku } = article;
  const keep = async (file: File | null) => {
    if (!file) return;
    setState({ busy: true });
    try {
      await upload('PUT /articles/{id}/picture', { id }, { file, filename: file.name });
      await queryClient.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[0]).startsWith('GET /articles'),
      });
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <Section title={t('articles.picture')} lead={t('articles.pictureLead')}>
      {picture ? (
        <PhotoGrid size={200} photos={[{ id: picture.sha256, urls: picture.links, caption: name || sku }]} />
      ) : (
        <Text c="dimmed">{t('articles.noPicture')}</Text>
      )}
      {state.error !== undefined && <ErrorState error={state.error} />}
      <Stack gap="xs">
        <Group gap="sm">
          <FileButton accept={ACCEPTED} capture="environment" onChange={(file) => void keep(file)}>
            {(props) => (
              <Button {...props} loading={state.busy} leftSection={<IconCamera size={20} aria-hidden />}>
                {t('articles.takePicture')}
              </Button>
            )}
          </FileButton>
          <FileButton accept={ACCEPTED} onChange={(file) => void keep(file)}>
            {(props) => (
              <Button
                {...props}
                variant="default"
                disabled={state.busy}
                leftSection={<IconPhotoUp size={20} aria-hidden />}
              >
                {t('articles.chooseFile')}
              </Button>
            )}
          </FileButton>
        </Group>
      </Stack>
    </Section>
  );
}
