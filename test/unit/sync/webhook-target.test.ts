import { expect, test } from '@jest/globals';
import { addressClass } from '../../../shared/outbound/address-class.ts';
import { resolveTarget } from '../../../shared/outbound/resolve-target.ts';
import { checkedTarget } from '../../../shared/outbound/target.ts';

test.each([
  ['8.8.8.8', 'public'],
  ['172.15.255.255', 'public'],
  ['172.32.0.0', 'public'],
  ['100.63.255.255', 'public'],
  ['100.128.0.0', 'public'],
  ['223.255.255.255', 'public'],
  ['2a00:1450:4001:82a::200e', 'public'],
  ['127.0.0.1', 'private'],
  ['127.255.255.254', 'private'],
  ['10.0.0.0', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['192.168.1.1', 'private'],
  ['100.64.0.1', 'private'],
  ['::1', 'private'],
  ['fd00::1', 'private'],
  ['fc00::', 'private'],
  ['0.0.0.0', 'refused'],
  ['169.254.169.254', 'refused'],
  ['192.0.0.8', 'refused'],
  ['192.0.2.1', 'refused'],
  ['198.18.0.1', 'refused'],
  ['198.51.100.1', 'refused'],
  ['203.0.113.1', 'refused'],
  ['224.0.0.1', 'refused'],
  ['255.255.255.255', 'refused'],
  ['::', 'refused'],
  ['::ffff:127.0.0.1', 'refused'],
  ['::ffff:7f00:1', 'refused'],
  ['::ffff:8.8.8.8', 'refused'],
  ['::127.0.0.1', 'refused'],
  ['64:ff9b::7f00:1', 'refused'],
  ['fe80::1', 'refused'],
  ['ff02::1', 'refused'],
  ['2001::1', 'refused'],
  ['2001:db8::1', 'refused'],
  ['2002:7f00:1::', 'refused'],
  ['3fff::1', 'refused'],
  ['fec0::1', 'refused'],
  ['no address', 'refused'],
])('%s is %s', (address, expected) => expect(addressClass(address)).toBe(expected));

const PUBLIC_ONLY = { allowPrivate: false };
test.each([
  ...['https://127.0.0.1/', 'https://localhost/', 'https://[::1]/', 'https://0/', 'https://2130706433/'],
  ...[
    'https://0x7f.1/',
    'https://127.1/',
    'https://0177.0.0.1/',
    'https://[::ffff:127.0.0.1]/',
    'https://169.254.169.254/latest',
  ],
  ...['https://10.1.2.3/', 'https://172.20.0.1/', 'https://192.168.0.1/', 'https://100.64.3.4/', 'https://[fd12::1]/'],
  ...[
    'http://example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
    'javascript:alert(1)',
    'ftp://example.com/',
  ],
  ...['https://example.com:5432/', 'https://example.com:4222/', 'https://example.com:80/', 'https://user@example.com/'],
  ...[
    'https://user:pw@example.com/',
    'https://nas/',
    'https://db.internal/',
    'https://printer.local',
    'https://a.localhost/',
  ],
  ...['https://localhost./', 'https://１２７.0.0.1/', 'https://', 'example.com', ''],
])('%s is refused as a target', (url) =>
  expect(() => checkedTarget(url, PUBLIC_ONLY)).toThrow(
    expect.objectContaining({ code: 422, data: { errors: [expect.objectContaining({ path: 'url' })] } }),
  ),
);

test.each([
  'https://example.com/hooks?a=1',
  'https://example.com:8443/',
  'https://8.8.8.8/',
  'https://hooks.bücher.example/',
])('%s is a target', (url) => expect(checkedTarget(url, PUBLIC_ONLY).protocol).toBe('https:'));

test.each(['http://127.0.0.1:9999/', 'http://localhost:80/', 'https://192.168.1.4/'])(
  '%s is a target where private ones are allowed',
  (url) => expect(checkedTarget(url, { allowPrivate: true })).toBeInstanceOf(URL),
);
test('the metadata service of a cloud stays out of reach where private targets are allowed', () =>
  expect(() => checkedTarget('http://169.254.169.254/', { allowPrivate: true })).toThrow());

const url = new URL('https://example.com/');
const addresses =
  (...list: string[]) =>
  () =>
    Promise.resolve(list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));

test('the first address of a public host is the one to dial', async () =>
  expect(await resolveTarget(url, addresses('93.184.216.34', '2a00::1'), PUBLIC_ONLY)).toEqual({
    address: '93.184.216.34',
    family: 4,
  }));

test.each([
  ['a private address', addresses('10.0.0.1')],
  ['a public and a private address', addresses('93.184.216.34', '127.0.0.1')],
  ['a mapped address', addresses('::ffff:10.0.0.1')],
  ['no address', addresses()],
  ['an error of the resolver', () => Promise.reject(new Error('SERVFAIL'))],
])('a host with %s is refused', async (_name, resolve) =>
  expect(resolveTarget(url, resolve, PUBLIC_ONLY)).rejects.toMatchObject({ code: 422 }),
);
