import { Alert, Anchor, Box, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconAlertCircle, IconClock } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/errors.ts';
import { useErrorText } from '../../shared/error-text.ts';
import { Preferences } from '../shell/preferences.tsx';
import { homeOf } from './desks.ts';
import { currentSession, logIn, useSession } from './session.ts';
import classes from './login.module.css';

export function LoginPage() {
  const { t } = useTranslation();
  return (
    <Box component="main" className={classes.page}>
      <Stack gap="lg" className={classes.column}>
        <Stack gap="xs" align="center" ta="center">
          <img src="/logo.svg" alt="" width={64} height={64} />
          <Title order={1} className={classes.name}>
            {t('app.name')}
          </Title>
          <Text c="dimmed">{t('app.claim')}</Text>
        </Stack>
        <LoginForm />
        <Preferences />
        <Text ta="center" fz="sm">
          <Anchor href="/docs" className={classes.link}>
            {t('login.api')}
          </Anchor>
        </Text>
      </Stack>
    </Box>
  );
}

function LoginForm() {
  const { t } = useTranslation();
  const { next } = useSearch({ from: '/login' });
  const navigate = useNavigate();
  const session = useSession();
  const hasEnded = session.status === 'out' && session.ended;
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.trim() ? null : t('login.emailNeeded')),
      password: (value) => (value ? null : t('login.passwordNeeded')),
    },
  });
  const entering = useMutation({
    mutationFn: ({ email, password }: typeof form.values) => logIn(email.trim(), password),
    onSuccess: () => navigate({ href: next ?? homeOf(currentSession().user!), replace: true }),
    onError: () => form.setFieldValue('password', ''),
  });
  return (
    <Paper component="form" p="xl" withBorder noValidate onSubmit={form.onSubmit((values) => entering.mutate(values))}>
      <Stack gap="md">
        <Title order={2} size="h3">
          {t('login.title')}
        </Title>
        {entering.error ? <Refusal error={entering.error} /> : hasEnded && <Ended />}
        <TextInput
          label={t('login.email')}
          type="email"
          autoComplete="username"
          inputMode="email"
          size="lg"
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('login.password')}
          autoComplete="current-password"
          size="lg"
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="lg" loading={entering.isPending}>
          {t('login.submit')}
        </Button>
      </Stack>
    </Paper>
  );
}

function Ended() {
  const { t } = useTranslation();
  return (
    <Alert color="gray" variant="light" icon={<IconClock aria-hidden />} role="status">
      {t('login.ended')}
    </Alert>
  );
}

function Refusal({ error }: { error: Error }) {
  const { t } = useTranslation();
  const text = useErrorText()(error);
  const status = error instanceof ApiError ? error.status : 0;
  return (
    <Alert color="red" variant="light" icon={<IconAlertCircle aria-hidden />} role="alert">
      {/* an address that is none cannot be an account either */}
      {status === 401 || status === 422 ? t('login.wrong') : status === 429 ? t('login.tooMany') : text}
    </Alert>
  );
}
