import { expect, test } from '@jest/globals';
import { demoEnvironment } from '../../../shared/runtime/demo-environment.ts';

test('the demo never touches what the configuration names, and says which variables it ignores', () => {
  const { env, ignored } = demoEnvironment({
    DATABASE_URL: 'postgresql://real/db',
    NATS_URL: '',
    SMTP_URL: 'smtp://real.example',
    STORAGE_URL: 's3://real/bucket',
    KONTOR_DATA_DIR: '/srv/real',
    PORT: '4100',
  });
  expect(env).toEqual({ PORT: '4100', KONTOR_DATA_DIR: '.data/demo' });
  expect(ignored).toEqual(['DATABASE_URL', 'SMTP_URL', 'STORAGE_URL', 'KONTOR_DATA_DIR']);
});

test('without such variables nothing is said', () =>
  expect(demoEnvironment({ LOG_LEVEL: 'warn' })).toEqual({
    env: { LOG_LEVEL: 'warn', KONTOR_DATA_DIR: '.data/demo' },
    ignored: [],
  }));
