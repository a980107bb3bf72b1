import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconCloudCheck, IconSend } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import { useUser } from '../../app/session/session.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { EmptyState } from '../../shared/empty-state.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import type { Command } from '../offline/model.ts';
import { adoptReturn } from '../offline/ways-out.ts';
import { ConflictCard } from '../parts/conflict-card.tsx';
import classes from '../parts/notes.module.css';
import { FailureNote } from '../parts/failure-note.tsx';
import { StepList } from '../parts/step-list.tsx';
import { localReturnOf, useDesk, useKept, useSenderState } from '../use-desk.ts';

/** Everything that is on this device and not on the server yet, with the reason. */
export function WaitingPage() {
  const { t } = useTranslation('warehouse');
  const desk = useDesk();
  const { commands, photos, conflicts } = useKept();
  const state = useSenderState();
  const { bytes } = useFormats();
  const returns = [...new Set(commands.map(({ returnId }) => returnId))];
  const user = useUser();
  const own = commands.some(({ author }) => author.id === user.id);
  const size = [...photos.values()].reduce((sum, photo) => sum + photo.bytes, 0);
  return (
    <Stack gap="md" w="100%" maw={860} mx="auto">
      <PageHeader
        title={t('waiting.title')}
        lead={
          commands.length
            ? [
                `${t('waiting.steps', { count: commands.length })} ${t('waiting.ofReturns', { count: returns.length })}`,
                ...(photos.size ? [t('waiting.photos', { count: photos.size, size: bytes(size) })] : []),
              ].join(', ')
            : undefined
        }
        actions={
          own && (
            <Button h={56} leftSection={<IconSend size={24} aria-hidden />} onClick={() => desk.sendNow()}>
              {t('waiting.sendNow')}
            </Button>
          )
        }
      />
      {own && (
        <Text role="status" c="dimmed">
          {t(`waiting.state.${state}`)}
        </Text>
      )}
      {[...conflicts.keys()].map((returnId) => (
        <ConflictCard key={returnId} returnId={returnId} />
      ))}
      {returns.map((returnId) => (
        <WaitingReturn
          key={returnId}
          returnId={returnId}
          commands={commands.filter((one) => one.returnId === returnId)}
        />
      ))}
      {!commands.length && (
        <EmptyState icon={IconCloudCheck} title={t('waiting.emptyTitle')} text={t('waiting.emptyText')} />
      )}
      <Storage />
    </Stack>
  );
}

function WaitingReturn({ returnId, commands }: { returnId: string; commands: readonly Command[] }) {
  const { t } = useTranslation('warehouse');
  const desk = useDesk();
  const kept = useKept();
  const user = useUser();
  const view = localReturnOf(desk, kept, returnId)?.view;
  const other = commands.find(({ author }) => author.id !== user.id)?.author;
  const adopt = async () => {
    await adoptReturn(desk.outbox, returnId, desk.author());
    desk.sendNow();
  };
  return (
    <Card p="md" component="article">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            <Link to={`/warehouse/returns/${returnId}` as never} style={{ color: 'inherit' }}>
              {view?.number || t('card.new')}
            </Link>
          </Title>
          <Text c="dimmed">{view?.trackingNumber ?? view?.orderNumber}</Text>
        </Group>
        {other && (
          <div className={classes.note} data-tone="warn">
            <Stack gap="sm">
              <Text>{t('waiting.other', { name: other.name })}</Text>
              <ConfirmButton
                h={56}
                danger={false}
                label={t('waiting.adopt')}
                question={t('waiting.adoptQuestion', { name: other.name })}
                consequence={t('waiting.adoptText', { name: other.name })}
                onConfirm={adopt}
              />
            </Stack>
          </div>
        )}
        {commands[0] && <FailureNote command={commands[0]} />}
        <StepList commands={commands} />
      </Stack>
    </Card>
  );
}

/** How full the device is, because a photo that does not fit is refused. */
function Storage() {
  const { t } = useTranslation('warehouse');
  const { bytes, percent } = useFormats();
  const [space, setSpace] = useState<{ usage: number; quota: number; persisted: boolean }>();
  useEffect(() => {
    const look = async () => {
      const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
      setSpace({ usage, quota, persisted: (await navigator.storage?.persisted?.()) ?? false });
    };
    void look();
  }, []);
  if (!space?.quota) return null;
  return (
    <Text c="dimmed" fz="sm">
      {t('waiting.space', { used: bytes(space.usage), share: percent(space.usage / space.quota) })}
      {!space.persisted && ` ${t('waiting.notPersistent')}`}
    </Text>
  );
}
