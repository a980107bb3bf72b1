import { ActionIcon, Button, Card, Checkbox, Group, Skeleton, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconPin, IconPinnedOff } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input, ItemOf } from '../app/api/contract.ts';
import { useApiList, useApiMutation } from '../app/api/queries.ts';
import { hasRole } from '../app/session/desks.ts';
import { useUser } from '../app/session/session.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { DateTime } from './date-time.tsx';
import { ErrorState } from './error-state.tsx';
import classes from './notes.module.css';
import { ToneBadge } from './state-badge.tsx';

export interface NotesPanelProps {
  /** What the notes are about. */
  subject: Input<'POST /notes'>['subject'];
  subjectId: string;
  /** Level of its heading on the page; 2 without it. */
  order?: 2 | 3;
}

type Note = ItemOf<'GET /notes'>;
const MAX_LENGTH = 4_000;

/**
 * Internal notes on a merchant, return, order, invoice or batch (J29): pinned ones first, then the newest. It shows
 * nothing at all to people who are not of the house, so it can stand on any page.
 */
export function NotesPanel({ subject, subjectId, order = 2 }: NotesPanelProps) {
  const { t } = useTranslation();
  const heading = useId();
  const isStaff = hasRole(useUser(), 'worker', 'lead', 'finance', 'admin');
  const list = useApiList('GET /notes', { subject, subjectId }, { live: true, enabled: isStaff, pageSize: 20 });
  if (!isStaff) return null;
  return (
    <Card component="section" aria-labelledby={heading}>
      <Stack gap="md">
        <div>
          <Title id={heading} order={order} size="h4">
            {t('notes.title')}
          </Title>
          <Text c="dimmed" fz="sm">
            {t('notes.lead')}
          </Text>
        </div>
        <NewNote subject={subject} subjectId={subjectId} />
        {list.error && !list.items.length && <ErrorState error={list.error} onRetry={list.refetch} />}
        {list.isPending && <Skeleton h={72} radius="md" />}
        {!list.isPending && !list.error && !list.items.length && <Text c="dimmed">{t('notes.empty')}</Text>}
        {list.items.length > 0 && (
          <ul className={classes.list}>
            {list.items.map((note) => (
              <NoteEntry key={note.id} note={note} />
            ))}
          </ul>
        )}
        {list.hasMore && (
          <Button variant="subtle" loading={list.isLoadingMore} onClick={() => void list.loadMore()}>
            {t('action.loadMore')}
          </Button>
        )}
      </Stack>
    </Card>
  );
}

function NewNote({ subject, subjectId }: Pick<NotesPanelProps, 'subject' | 'subjectId'>) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [pinned, setPinned] = useState(false);
  const create = useApiMutation('POST /notes', {
    onSuccess: (_, sent) => {
      // what was typed in the meantime stays
      setText((now) => (now.trim() === sent.text ? '' : now));
      setPinned(false);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) create.mutate({ subject, subjectId, text: text.trim(), pinned });
      }}
    >
      <Stack gap="xs">
        <Textarea
          label={t('notes.new')}
          placeholder={t('notes.placeholder')}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={MAX_LENGTH}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        {create.error && <ErrorState error={create.error} />}
        <Group justify="space-between">
          <Checkbox
            label={t('notes.pin')}
            checked={pinned}
            onChange={({ currentTarget }) => setPinned(currentTarget.checked)}
          />
          <Button type="submit" variant="default" disabled={!text.trim()} loading={create.isPending}>
            {t('notes.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function NoteEntry({ note }: { note: Note }) {
  const { t } = useTranslation();
  const user = useUser();
  const pin = useApiMutation('PATCH /notes/{id}');
  const remove = useApiMutation('DELETE /notes/{id}');
  const mayRemove = note.authorId === user.id || hasRole(user, 'lead', 'admin');
  return (
    <li className={classes.note} data-pinned={note.pinned || undefined}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
        <Text className={classes.text}>{note.text}</Text>
        <ActionIcon
          aria-label={note.pinned ? t('notes.unpin') : t('notes.pinShort')}
          loading={pin.isPending}
          onClick={() => pin.mutate({ id: note.id, pinned: !note.pinned })}
        >
          {note.pinned ? <IconPinnedOff size={20} aria-hidden /> : <IconPin size={20} aria-hidden />}
        </ActionIcon>
      </Group>
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          {note.pinned && <ToneBadge tone="info" label={t('notes.pinned')} />}
          <Text fz="sm" c="dimmed">
            {note.authorName}
          </Text>
          <Text fz="sm" c="dimmed" component="span">
            <DateTime at={note.createdAt} format="relative" />
          </Text>
        </Group>
        {mayRemove && (
          <ConfirmButton
            label={t('notes.remove')}
            aria-label={t('notes.removeOf', { name: note.authorName })}
            size="compact-sm"
            variant="subtle"
            question={t('notes.removeTitle')}
            consequence={t('notes.removeText')}
            onConfirm={() => remove.mutateAsync({ id: note.id })}
          />
        )}
      </Group>
      {pin.error && <ErrorState error={pin.error} />}
    </li>
  );
}
