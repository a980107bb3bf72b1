import path from 'node:path';
import { expect, test } from '@jest/globals';
import { describeConfig, readConfig, SERVICES } from '../../../shared/config.ts';

const problemsOf = (env: Record<string, string>): string => {
  try {
    readConfig(env, '/srv');
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

test('nothing set is a usable configuration: all services, data under .data', () => {
  const config = readConfig({}, '/srv');
  expect(config).toMatchObject({ dataDir: path.resolve('/srv/.data'), HOST: '127.0.0.1', PORT: 4000 });
  expect(config.services).toEqual([...SERVICES]);
  expect(config.DATABASE_URL).toBeUndefined();
});

test.each([
  ['KONTOR_SERVICES', 'billing,accounting', /not accounting/],
  ['KONTOR_SERVICES', ' , ', /comma-separated list of identity/],
  ['PORT', 'http', /whole number from 0 to 65535/],
  ['PORT', '65536', /to 65535/],
  ['PORT', '-1', /whole number from 0/],
  ['PORT', '40.5', /whole number/],
  ['HEALTH_PORT', '99999', /whole number from 0 to 65535/],
  ['PUBLIC_URL', 'kontor.example.com', /https:\/\/kontor.example.com/],
  ['PUBLIC_URL', 'javascript:alert(1)', /must be a URL/],
  ['DATABASE_URL', 'mysql://a@b/c', /postgresql:\/\/user:password@host:5432\/kontor/],
  ['DATABASE_URL', 'localhost:5432', /must be a URL/],
  ['DATABASE_POOL_SIZE', '1', /whole number from 2 to 200/],
  ['DATABASE_POOL_SIZE', 'many', /whole number from 2 to 200/],
  ['NATS_URL', 'http://nats:4222', /nats:\/\/user:password@host:4222/],
  ['SMTP_URL', 'mail.example.com', /smtp:\/\/user:password@host:587/],
  ['MAIL_FROM', 'kontor', /Kontor <kontor@example.com>/],
  ['MAIL_FROM', 'a@b.de\r\nBcc: c@d.de', /must be an address/],
  ['STORAGE_URL', '/var/lib/objects', /file:\/\/\/var\/lib\/kontor\/objects/],
  ['KONTOR_SECRET', 'short', /openssl rand -hex 32/],
  ['KONTOR_ZONE', 'Berlin', /Europe\/Berlin/],
  ['KONTOR_CLOCK', 'tomorrow', /2026-10-16T05:00:00Z/],
  ['KONTOR_CLOCK', '2026-10-16T05:00:00', /2026-10-16T05:00:00Z/],
  ['LOG_LEVEL', 'loud', /fatal, error, warn, info/],
  ['LOG_FORMAT', 'xml', /json, pretty/],
  ['WEBHOOK_ALLOW_PRIVATE', 'yes', /true, false/],
  ['CORS_ORIGINS', 'https://a.example,*', /https:\/\/shop.example.com/],
  ['CORS_ORIGINS', 'https://a.example/app', /without paths/],
  ['CORS_ORIGINS', 'null', /must be origins/],
  ['TRUST_PROXY', '1', /true, false/],
])('%s=%j is refused by name, with what to do', (name, value, hint) => {
  const message = problemsOf({ [name]: value });
  expect(message).toContain(`- ${name} `);
  expect(message).toMatch(hint);
  expect(message).toContain('configuration table in README.md');
});

test('every wrong variable is named at once, and no value is repeated', () => {
  const message = problemsOf({ PORT: 'x', DATABASE_URL: 'mysql://u:topsecret@h/d', KONTOR_SERVICES: 'none' });
  for (const name of ['PORT', 'DATABASE_URL', 'KONTOR_SERVICES']) expect(message).toContain(`- ${name} `);
  expect(message).not.toContain('topsecret');
});

test.each(describeConfig().map(({ name }) => name))('%s set to nothing means unset', (name) =>
  expect(readConfig({ [name]: '' }, '/srv')).toEqual(readConfig({}, '/srv')),
);

test('a subset keeps the order in which services start, whatever the order and spaces of the list', () =>
  expect(readConfig({ KONTOR_SERVICES: ' gateway, identity ,billing' }).services).toEqual([
    'identity',
    'billing',
    'gateway',
  ]));

test.each([
  ['DATABASE_URL', 'postgres://kontor:pa%40ss@db.internal/kontor?sslmode=require'],
  ['NATS_URL', 'tls://nats.internal:4222'],
  ['SMTP_URL', 'smtps://user:pass@mail.internal:465'],
  ['STORAGE_URL', 's3://key:secret@minio:9000/bucket'],
  ['STORAGE_URL', 'file:///data/objects'],
  ['KONTOR_SECRET', '0'.repeat(32)],
  ['KONTOR_CLOCK', '2026-10-16T07:00:00+02:00'],
  ['PORT', '0'],
  ['CORS_ORIGINS', 'https://a.example, http://localhost:5173'],
  ['MAIL_FROM', 'kontor@example.com'],
  ['MAIL_FROM', 'Nordlager Retouren <retouren@nordlager.example>'],
])('%s=%s is taken', (name, value) => expect(problemsOf({ MAIL_FROM: 'kontor@example.com', [name]: value })).toBe(''));

test.each([undefined, 'Kontor <kontor@localhost>', 'kontor@LOCALHOST'])(
  'a mail server takes no mails of %s',
  (sender) => {
    const env = { SMTP_URL: 'smtp://mail.internal', ...(sender ? { MAIL_FROM: sender } : {}) };
    expect(problemsOf(env)).toContain('- MAIL_FROM must be an address of your own');
  },
);

test.each(['localhost', '127.0.0.1', '[::1]'])('a mail catcher on this machine takes mails of localhost: %s', (host) =>
  expect(problemsOf({ SMTP_URL: `smtp://${host}:1025` })).toBe(''),
);

test('every variable has a description', () => {
  for (const { name, description } of describeConfig())
    expect([name, description]).toEqual([name, expect.stringMatching(/\w/)]);
});
