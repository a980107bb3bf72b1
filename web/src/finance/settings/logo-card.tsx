import { Button, FileButton, Group, Image, Paper, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPhotoUp } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, fetchFile, upload } from '../../app/api/client.ts';
import { queryClient } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { Section } from '../../shared/section.tsx';
import type { Issuer } from './issuer-draft.ts';

const ACCEPTED = 'image/jpeg,image/png,image/webp';

export interface LogoCardProps {
  issuer: Issuer;
  /** The logo is another one, which made this version of the issuer. */
  onSaved: (version: number) => void;
}

/** The logo of documents to come; it is kept at once, unlike the fields of the page. */
export function LogoCard({ issuer: { logo }, onSaved }: LogoCardProps) {
  const { t } = useTranslation('finance');
  const [{ busy, error }, setState] = useState<{ busy?: 'keep' | 'remove'; error?: unknown }>({});
  const reset = useRef<() => void>(null);
  const store = async (step: 'keep' | 'remove', send: () => Promise<Issuer>) => {
    setState({ busy: step });
    try {
      const after = await send();
      // the same logo again makes no version
      if (after.logo?.sha256 !== logo?.sha256) onSaved(after.version);
      await queryClient.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[0]).startsWith('GET /issuer'),
      });
      setState({});
      if (step === 'keep') notifications.show({ message: t('billing.logoSaved') });
    } catch (failed) {
      setState({ error: failed });
    }
  };
  const keep = (file: File | null) => {
    if (!file) return;
    // otherwise the browser takes the same file, chosen again, for no choice
    reset.current?.();
    void store('keep', () => upload('PUT /issuer/logo', {}, { file, filename: file.name }));
  };
  return (
    <Section title={t('billing.logo')}>
      <Text c="dimmed">{t('billing.logoLead')}</Text>
      {logo ? <Preview key={logo.sha256} /> : <Text>{t('billing.noLogo')}</Text>}
      {error !== undefined && error !== null && <ErrorState error={error} />}
      <Group gap="sm">
        <FileButton resetRef={reset} accept={ACCEPTED} onChange={keep}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              loading={busy === 'keep'}
              disabled={busy !== undefined}
              leftSection={<IconPhotoUp size={20} aria-hidden />}
            >
              {t(logo ? 'billing.changeLogo' : 'billing.chooseLogo')}
            </Button>
          )}
        </FileButton>
        {logo && (
          <Button
            variant="subtle"
            color="red"
            loading={busy === 'remove'}
            disabled={busy !== undefined}
            onClick={() => void store('remove', () => api('DELETE /issuer/logo'))}
          >
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
