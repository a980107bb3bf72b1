import { Button, Group, Image, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../app/api/errors.ts';
import { loadTexts } from '../../app/i18n/texts.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { useErrorText } from '../../shared/error-text.ts';
import { useObjectUrl } from '../../shared/photos.ts';
import { useAttempt } from '../feedback/local-step.ts';
import { NetworkButton } from '../feedback/needs-network.tsx';
import type { Command, Conflict, WaitingPhoto } from '../offline/model.ts';
import {
  amendStep,
  canDiscardAlone,
  discardReturn,
  discardStep,
  lossOf,
  lossOfStep,
  retryReturn,
} from '../offline/ways-out.ts';
import { useDesk, useFile, useKept } from '../use-desk.ts';
import { useTakeOver } from './lock-note.tsx';
import classes from './notes.module.css';
import { RefusedFields } from './refused-fields.tsx';
import { StepList } from './step-list.tsx';

/** The server refused a step: why, and every way out of it. Nothing is given up unless somebody says so (A9). */
export function ConflictCard({ returnId }: { returnId: string }) {
  const { t } = useTranslation('warehouse');
  const desk = useDesk();
  const kept = useKept();
  const here = useLocation({ select: ({ pathname }) => pathname });
  const takeOver = useTakeOver(returnId);
  const attempt = useAttempt();
  const conflict = kept.conflicts.get(returnId);
  const refused = kept.commands.find(({ seq }) => seq === conflict?.seq);
  if (!conflict) return null;
  const again = async () => {
    await retryReturn(desk.outbox, returnId);
    desk.sendNow();
  };
  return (
    <section className={classes.note} data-tone="bad" aria-label={t('conflict.title')}>
      <IconAlertTriangle size={30} aria-hidden />
      <Stack gap="sm" flex={1} miw={240}>
        <Title order={2} size="h4" c="inherit">
          {t('conflict.title')}
        </Title>
        {!askedBy(conflict) && <Reason conflict={conflict} />}
        {!askedBy(conflict) && <RefusedFields errors={conflict.errors} />}
        {refused && <StepList commands={[refused]} />}
        {refused && <Amend conflict={conflict} refused={refused} />}
        <Group gap="sm">
          {conflict.code === 'RETURN_LOCKED' && (
            <NetworkButton h={56} label={t('conflict.takeOver')} onClick={takeOver} />
          )}
          {/* the same once more is refused once more */}
          {!askedBy(conflict) && <NetworkButton h={56} variant="default" label={t('conflict.retry')} onClick={again} />}
          {refused?.step.kind === 'complete' && (
            <Button h={56} variant="default" onClick={() => void attempt(() => discardStep(desk.outbox, refused))}>
              {t('conflict.workOn')}
            </Button>
          )}
          {here !== `/warehouse/returns/${returnId}` && (
            <Button h={56} variant="default" component={Link} to={`/warehouse/returns/${returnId}` as never}>
              {t('conflict.show')}
            </Button>
          )}
        </Group>
        <GiveUp returnId={returnId} refused={refused} />
      </Stack>
    </section>
  );
}

function Reason({ conflict }: { conflict: Conflict }) {
  const { t, i18n } = useTranslation('warehouse');
  const general = useErrorText();
  // a refusal that was kept may be shown without a network and before any other one
  useEffect(() => void loadTexts('codes').catch(() => undefined), []);
  const key = `conflict.codes.${conflict.code}`;
  const name = conflict.errors.find(({ path }) => path === 'lock.name')?.message;
  // who works on it is not always told
  const known = i18n.exists(key, { ns: 'warehouse' }) && (conflict.code !== 'RETURN_LOCKED' || name !== undefined);
  return (
    <Text>
      {known
        ? (t(key as never, { name } as never) as unknown as string)
        : general(new ApiError(conflict.status, { ...conflict, errors: [...conflict.errors] }))}
    </Text>
  );
}

/** Fields that a worker may have to fill in because the server knows more than the device did. */
const ASKED = ['overReturnReason', 'overrideReason', 'note'] as const;
const askedBy = ({ errors }: Conflict) => ASKED.find((name) => errors.some(({ path }) => path === name));

function Amend({ conflict, refused }: { conflict: Conflict; refused: Command }) {
  const { t } = useTranslation('warehouse');
  const desk = useDesk();
  const attempt = useAttempt();
  const [text, setText] = useState('');
  const field = askedBy(conflict);
  if (!field) return null;
  const send = async () => {
    await amendStep(desk.outbox, refused.seq, { [field]: text.trim() });
    desk.sendNow();
  };
  return (
    <Group align="flex-end">
      <TextInput
        flex={1}
        size="lg"
        label={t(`conflict.ask.${field}`)}
        value={text}
        maxLength={200}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button h={56} disabled={!text.trim()} onClick={() => void attempt(send)}>
        {t('conflict.send')}
      </Button>
    </Group>
  );
}

/** Giving up says first what will be lost. */
export function GiveUp({ returnId, refused }: { returnId: string; refused: Command | undefined }) {
  const { t } = useTranslation('warehouse');
  const desk = useDesk();
  const kept = useKept();
  const alone = refused && refused.step.kind !== 'complete' && canDiscardAlone(refused);
  const part = refused && lossOfStep(kept, refused);
  const all = lossOf(kept, returnId);
  return (
    <Group gap="sm">
      {alone && part && (
        <ConfirmButton
          h={56}
          label={t('conflict.dropStep')}
          question={t('conflict.dropStepQuestion')}
          consequence={<LossList steps={part.steps} photos={part.photos} />}
          onConfirm={() => discardStep(desk.outbox, refused)}
        />
      )}
      <ConfirmButton
        h={56}
        label={t('conflict.dropAll')}
        question={t('conflict.dropAllQuestion')}
        consequence={<LossList {...all} />}
        onConfirm={() => discardReturn(desk.outbox, returnId)}
      />
    </Group>
  );
}

function LossList({ steps, photos }: { steps: readonly Command[]; photos: readonly WaitingPhoto[] }) {
  const { t } = useTranslation('warehouse');
  return (
    <Stack gap="sm">
      <Text>{t('conflict.lost')}</Text>
      <StepList commands={steps} />
      {photos.length > 0 && (
        <>
          <Text>{t('conflict.lostPhotos', { count: photos.length })}</Text>
          <Group gap="xs">
            {photos.slice(0, 12).map((photo) => (
              <Lost key={photo.clientPhotoId} photo={photo} />
            ))}
          </Group>
        </>
      )}
    </Stack>
  );
}

function Lost({ photo }: { photo: WaitingPhoto }) {
  const { t } = useTranslation('warehouse');
  const url = useObjectUrl(useFile(photo.clientPhotoId));
  return url ? <Image src={url} alt={t('photo.waiting')} w={72} h={72} radius="sm" fit="cover" /> : null;
}
