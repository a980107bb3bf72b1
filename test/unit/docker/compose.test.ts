import fs from 'node:fs';
import { expect, test } from '@jest/globals';
import { describeConfig, readConfig, SERVICES } from '../../../shared/config.ts';
import { productServices, readCompose, readVariables } from '../../support/compose.ts';

const variables = readVariables('docker/.env.example');
const compose = readCompose('docker/compose.yaml', variables);
const ours = productServices(compose);

test('every service of the product runs in exactly one container of its name', () => {
  expect(ours.map(([name]) => name).sort()).toEqual([...SERVICES].sort());
  for (const [name, { environment }] of ours) expect(environment!['KONTOR_SERVICES']).toBe(name);
});

test.each(ours)('the variables of %s are known and accepted', (name, { environment }) => {
  const known = describeConfig().map((variable) => variable.name);
  expect(Object.keys(environment!).filter((variable) => !known.includes(variable))).toEqual([]);
  const config = readConfig(environment);
  expect(config.services).toEqual([name]);
  for (const address of ['DATABASE_URL', 'NATS_URL', 'STORAGE_URL', 'KONTOR_SECRET'] as const)
    expect(config[address]).toBeDefined();
});

test.each(ours)(
  '%s reaches what its addresses name, and starts after it',
  (_name, { environment, networks, depends_on }) => {
    for (const address of ['DATABASE_URL', 'NATS_URL', 'SMTP_URL']) {
      const { hostname } = new URL(environment![address]!);
      expect(compose.services[hostname]!.networks!.some((network) => networks!.includes(network))).toBe(true);
    }
    expect(depends_on).toMatchObject({
      postgres: { condition: 'service_healthy' },
      nats: { condition: 'service_healthy' },
    });
  },
);

test('all share one volume for objects, one secret and one database', () => {
  for (const variable of ['STORAGE_URL', 'KONTOR_SECRET', 'DATABASE_URL', 'NATS_URL'])
    expect(new Set(ours.map(([, { environment }]) => environment![variable])).size).toBe(1);
  for (const [, { volumes }] of ours) expect(volumes).toEqual(['data:/data']);
  for (const name of ['data', 'postgres']) expect(compose.volumes).toHaveProperty(name);
});

test('database and bus cannot be reached from outside, and what is published is on the loopback', () => {
  for (const name of ['postgres', 'nats']) {
    expect(compose.services[name]!.ports).toBeUndefined();
    expect(compose.services[name]!.networks!.every((network) => compose.networks![network]!.internal)).toBe(true);
  }
  const published = Object.values(compose.services).flatMap(({ ports = [] }) => ports);
  expect(published.length).toBe(2);
  for (const port of published) expect(port).toMatch(/^127\.0\.0\.1:/);
});

test('the bus asks for the password that the services send', () => {
  const { username, password } = new URL(ours[0]![1].environment!['NATS_URL']!);
  expect(compose.configs!['nats']!.content).toContain(`user: ${username}, password: "${password}"`);
});

test.each(['KONTOR_SECRET', 'POSTGRES_PASSWORD', 'NATS_PASSWORD', 'MAIL_FROM'])('without %s nothing starts', (name) =>
  expect(() => readCompose('docker/compose.yaml', { ...variables, [name]: '' })).toThrow(name),
);

test('every variable of the files is in .env.example', () => {
  const used = fs.readFileSync('docker/compose.yaml', 'utf8').matchAll(/\$\{(\w+)/g);
  expect([...new Set([...used].map(([, name]) => name))].sort()).toEqual(Object.keys(variables).sort());
});

test('the file with copies scales services that exist and publish no port', () => {
  for (const [name, service] of Object.entries(readCompose('docker/compose.scale.yaml', {}).services)) {
    expect(service.deploy!.replicas).toBeGreaterThan(1);
    expect(ours.map(([ours]) => ours)).toContain(name);
    expect(compose.services[name]!.ports).toBeUndefined();
  }
});

test('all copies together stay below the connections of the database', () => {
  const scale = readCompose('docker/compose.scale.yaml', {}).services;
  const copies = ours.reduce((sum, [name]) => sum + (scale[name]?.deploy?.replicas ?? 1), 0);
  const allowed = Number(/max_connections=(\d+)/.exec(String(compose.services['postgres']!['command']))![1]);
  expect(copies * readConfig({}).DATABASE_POOL_SIZE).toBeLessThan(allowed);
});
