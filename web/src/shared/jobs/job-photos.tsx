import { Button, FileButton, SimpleGrid, Stack, Title } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../../app/api/client.ts';
import { queryClient } from '../../app/api/queries.ts';
import { ErrorState } from '../error-state.tsx';
import { PhotoGrid } from '../photo-grid.tsx';
import { Section } from '../section.tsx';
import type { Job } from './job.ts';

type Moment = Job['pictures'][number]['moment'];

/** Photos from before and after the work. @param canAdd  whether further ones can be taken */
export function JobPhotos({ job, canAdd }: { job: Job; canAdd: boolean }) {
  const { t } = useTranslation('jobs');
  if (!canAdd && !job.pictures.length) return null;
  return (
    <Section title={t('photos.title')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
        <MomentPhotos job={job} moment="before" canAdd={canAdd} />
        <MomentPhotos job={job} moment="after" canAdd={canAdd} />
      </SimpleGrid>
    </Section>
  );
}

function MomentPhotos({ job, moment, canAdd }: { job: Job; moment: Moment; canAdd: boolean }) {
  const { t } = useTranslation('jobs');
  const photos = job.pictures
    .filter((photo) => photo.moment === moment)
    .map(({ id, links }) => ({ id, urls: links, caption: t(`photos.${moment}`) }));
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const send = async (file: File) => {
    setState({ busy: true });
    try {
      const fields = { id: job.id, moment, clientPhotoId: crypto.randomUUID() };
      await upload('POST /special-jobs/{id}/photos', fields, { file, filename: file.name });
      setState({ busy: false });
      await queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'GET /special-jobs/{id}' });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {t(`photos.${moment}`)}
      </Title>
      <PhotoGrid photos={photos} size={112} />
      {canAdd && (
        <FileButton onChange={(file) => file && void send(file)} accept="image/jpeg" capture="environment">
          {(props) => (
            <Button
              {...props}
              variant="default"
              h={56}
              loading={state.busy}
              leftSection={<IconCamera size={24} aria-hidden />}
            >
              {t(moment === 'before' ? 'photos.addBefore' : 'photos.addAfter')}
            </Button>
          )}
        </FileButton>
      )}
      {state.error !== undefined && <ErrorState error={state.error} />}
    </Stack>
  );
}
