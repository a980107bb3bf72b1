import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../app/api/queries.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { UserFields, type UserRecord } from './user-fields.tsx';

const NOBODY: UserRecord = { displayName: '', email: '', roles: [], merchantIds: [] };

/** A button that gives somebody access and opens the record. */
export function NewUser() {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={open}>
        {t('users.new')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        size="lg"
        centered={false}
        title={
          <Text span fw={650} fz="lg">
            {t('users.new')}
          </Text>
        }
        closeButtonProps={{ 'aria-label': common('action.close') }}
      >
        <Form onClose={close} />
      </Modal>
    </>
  );
}

function Form({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const [user, setUser] = useState(NOBODY);
  const [password, setPassword] = useState('');
  const create = useApiMutation('POST /users', {
    onSuccess: ({ id }) => {
      onClose();
      void navigate({ to: '/admin/users/$id', params: { id } });
    },
  });
  const fieldError = useFieldErrors(create.error);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ ...user, password });
      }}
    >
      <Stack gap="md">
        <UserFields
          value={user}
          set={(field, value) => setUser((old) => ({ ...old, [field]: value }))}
          errorOf={fieldError}
        />
        <PasswordInput
          label={t('users.firstPassword')}
          description={t('users.passwordHint')}
          required
          autoComplete="new-password"
          maxLength={200}
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('users.showPassword') }}
          error={fieldError('password')}
        />
        {create.error && <ErrorState error={create.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common('action.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('users.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
