import { Button, Group, PasswordInput, Skeleton, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useParams } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi, useApiMutation } from '../../app/api/queries.ts';
import { useUser } from '../../app/session/session.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { useRecordDraft } from '../../shared/record-draft.ts';
import { SaveBar } from '../../shared/save-bar.tsx';
import { useSaving } from '../parts/saving.ts';
import { Section } from '../parts/section.tsx';
import { Trail } from '../parts/trail.tsx';
import { UserFields, type UserFieldsProps } from '../users/user-fields.tsx';

type User = Output<'GET /users/{id}'>;
const FIELDS = ['displayName', 'email', 'roles', 'merchantIds'] as const;

export function UserPage() {
  const { id } = useParams({ from: '/session/admin/users/$id' });
  const { data, error, refetch } = useApi('GET /users/{id}', { id });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/admin/users" />;
  if (!data) return <Skeleton h={320} />;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <Editor user={data} />
    </>
  );
}

function Editor({ user }: { user: User }) {
  const { t } = useTranslation('admin');
  const record = useRecordDraft(user, FIELDS);
  const save = useApiMutation('PATCH /users/{id}');
  const fieldError = useFieldErrors(save.error);
  const saving = useSaving({
    draft: { ...record, isDirty: record.changed.length > 0 },
    storedVersion: user.version,
    save,
    write: (version) => save.mutateAsync({ id: user.id, ...record.changes, $options: { ifMatch: version } }),
  });
  return (
    <>
      <PageHeader
        title={user.displayName}
        lead={user.email}
        back="/admin/users"
        aside={
          <ToneBadge
            tone={user.active ? 'good' : 'quiet'}
            label={t(user.active ? 'users.activeYes' : 'users.activeNo')}
          />
        }
        actions={<Access user={user} />}
      />
      <Stack gap="lg">
        <Section title={t('users.record')} lead={t('users.recordLead')}>
          <UserFields value={record.draft} set={record.set as UserFieldsProps['set']} errorOf={fieldError} />
        </Section>
        <NewPassword user={user} />
        <Section title={t('trail.title')}>
          <Trail entity="user" entityId={user.id} />
        </Section>
      </Stack>
      <SaveBar {...saving} />
    </>
  );
}

/** Takes the access away at once, or gives it back. */
function Access({ user }: { user: User }) {
  const { t } = useTranslation('admin');
  const change = useApiMutation('PATCH /users/{id}');
  const isSelf = useUser().id === user.id;
  if (isSelf) return null;
  return (
    <ConfirmButton
      key={String(user.active)}
      label={t(user.active ? 'users.block' : 'users.unblock')}
      question={t(user.active ? 'users.blockTitle' : 'users.unblockTitle', { name: user.displayName })}
      consequence={t(user.active ? 'users.blockText' : 'users.unblockText')}
      danger={user.active}
      onConfirm={() => change.mutateAsync({ id: user.id, active: !user.active })}
    />
  );
}

function NewPassword({ user }: { user: User }) {
  const { t } = useTranslation('admin');
  const [password, setPassword] = useState('');
  const change = useApiMutation('PATCH /users/{id}', {
    onSuccess: () => {
      setPassword('');
      notifications.show({ message: t('users.passwordSet') });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ id: user.id, password });
  };
  return (
    <Section title={t('users.newPassword')} lead={t('users.newPasswordLead')}>
      <Stack component="form" gap="sm" onSubmit={submit}>
        <PasswordInput
          label={t('users.password')}
          description={t('users.passwordHint')}
          autoComplete="new-password"
          minLength={12}
          maxLength={200}
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('users.showPassword') }}
          maw={420}
        />
        {change.error && <ErrorState error={change.error} />}
        <Group>
          <Button type="submit" variant="default" disabled={password.length < 12} loading={change.isPending}>
            {t('users.setPassword')}
          </Button>
          {password.length > 0 && password.length < 12 && (
            <Text c="dimmed" fz="sm">
              {t('users.passwordShort')}
            </Text>
          )}
        </Group>
      </Stack>
    </Section>
  );
}
