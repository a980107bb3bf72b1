import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconPhotoUp } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../../app/api/client.ts';
import type { Output } from '../../app/api/contract.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { PhotoGrid } from '../../shared/photo-grid.tsx';

export interface ArticlePictureProps {
  article: Output<'GET /articles/{id}'>;
  mayChange: boolean;
}

/** How the goods look when they are as they should be; whoever inspects a return sees it beside them. */
export function ArticlePicture({ article, mayChange }: ArticlePictureProps) {
  const { t } = useTranslation('merchant');
  const client = useQueryClient();
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const { id, picture, name, version } = article;
  const send = async (file: File | null) => {
    if (!file) return;
    setState({ busy: true });
    try {
      await upload('PUT /articles/{id}/picture', { id }, { file, filename: file.name, ifMatch: version });
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error });
    }
    await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('GET /articles') });
  };
  return (
    <Stack gap="sm">
      {picture ? (
        <PhotoGrid size={220} photos={[{ id: picture.sha256, urls: picture.links, caption: name }]} />
      ) : (
        <Text c="dimmed">{t('articles.noPicture')}</Text>
      )}
      {state.error !== undefined && <ErrorState error={state.error} />}
      {mayChange && (
        <Group>
          <FileButton accept="image/jpeg,image/png,image/webp" onChange={(file) => void send(file)}>
            {(props) => (
              <Button
                {...props}
                variant="default"
                loading={state.busy}
                leftSection={<IconPhotoUp size={20} aria-hidden />}
              >
                {picture ? t('articles.otherPicture') : t('articles.addPicture')}
              </Button>
            )}
          </FileButton>
        </Group>
      )}
    </Stack>
  );
}
