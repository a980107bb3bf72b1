import { Button, FileButton, Group, Image, Paper, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPhotoUp } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchFile, upload } from '../../app/api/client.ts';
import { queryClient, useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { Section } from '../../shared/section.tsx';
import type { Issuer } from './issuer-draft.ts';

const ACCEPTED = 'image/jpeg,image/png,image/webp';

/** The logo of documents to come; it is kept at once, unlike the fields of the page. */
export function LogoCard({ issuer: { logo } }: { issuer: Issuer }) {
  const { t } = useTranslation('finance');
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const remove = useApiMutation('DELETE /issuer/logo');
  const reset = useRef<() => void>(null);
  const keep = async (file: File | null) => {
    if (!file) return;
    // otherwise the browser takes the same file, chosen again, for no choice
    reset.current?.();
    setState({ busy: true });
    try {
      await upload('PUT /issuer/logo', {}, { file, filename: file.name });
      await queryClient.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[0]).startsWith('GET /issuer'),
      });
      setState({ busy: false });
      notifications.show({ message: t('billing.logoSaved') });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  const error = state.error ?? remove.error;
  return (
    <Section title={t('billing.logo')}>
      <Text c="dimmed">{t('billing.logoLead')}</Text>
      {logo ? <Preview key={logo.sha256} /> : <Text>{t('billing.noLogo')}</Text>}
      {error !== undefined && error !== null && <ErrorState error={error} />}
      <Group gap="sm">
        <FileButton resetRef={reset} accept={ACCEPTED} onChange={(file) => void keep(file)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              loading={state.busy}
              leftSection={<IconPhotoUp size={20} aria-hidden />}
            >
              {t(logo ? 'billing.changeLogo' : 'billing.chooseLogo')}
            </Button>
          )}
        </FileButton>
        {logo && (
          <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => remove.mutate({})}>
            {t('billing.removeLogo')}
          </Button>
        )}
      </Group>
    </Section>
  );
}

/** On white, as on paper, whatever the theme is. */
function Preview() {
  const { t } = useTranslation('finance');
  const [url, setUrl] = useState<string>();
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    const ending = new AbortController();
    let made: string | undefined;
    fetchFile('GET /issuer/logo', {}, { signal: ending.signal }).then(
      ({ blob }) => setUrl((made = URL.createObjectURL(blob))),
      (failed: unknown) => ending.signal.aborted || setError(failed),
    );
    return () => {
      ending.abort();
      if (made) URL.revokeObjectURL(made);
    };
  }, []);
  if (error !== undefined) return <ErrorState error={error} />;
  return (
    <Paper withBorder p="md" bg="white" w="fit-content" maw="100%" mih={98}>
      {url && <Image src={url} alt={t('billing.logoAlt')} h={66} w="auto" maw="100%" fit="contain" />}
    </Paper>
  );
}
