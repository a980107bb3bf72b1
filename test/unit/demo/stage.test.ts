import { expect, test } from '@jest/globals';
import { demoConfig } from '../../../demo/stage.ts';
import { publicUrlOf } from '../../../shared/links/public-url.ts';

test('the demo takes nothing of the configuration but the verbosity of its log and where it is served later, and says what it ignores', () => {
  const { config, ignored } = demoConfig(
    {
      PATH: '/usr/bin',
      DATABASE_URL: 'postgresql://real/db',
      NATS_URL: '',
      SMTP_URL: 'smtp://real.example',
      KONTOR_ZONE: 'Asia/Tokyo',
      KONTOR_SERVICES: 'billing',
      PORT: '4000',
      LOG_LEVEL: 'debug',
    },
    '/srv/demo',
  );
  expect(ignored.toSorted()).toEqual(['DATABASE_URL', 'KONTOR_SERVICES', 'KONTOR_ZONE', 'SMTP_URL']);
  expect(config).toMatchObject({ dataDir: '/srv/demo', KONTOR_ZONE: 'Europe/Berlin', PORT: 0, LOG_LEVEL: 'debug' });
  expect([config.DATABASE_URL, config.NATS_URL, config.SMTP_URL, config.STORAGE_URL]).toEqual(Array(4).fill(undefined));
  expect(config.services).toHaveLength(8);
});

test.each([
  [{}, 'http://localhost:4000'],
  [{ PORT: '5000' }, 'http://localhost:5000'],
  [{ PORT: '0' }, 'http://localhost:4000'],
  [{ PORT: '5000', PUBLIC_URL: 'https://demo.example' }, 'https://demo.example'],
])('links in the mails of the demo with %j lead to %s, not to where it played', (env, expected) => {
  const { config } = demoConfig(env, '/srv/demo');
  const broker = { getLocalService: () => ({ url: 'http://127.0.0.1:34567' }) } as never;
  expect(publicUrlOf({ config, broker })).toBe(expected);
});
