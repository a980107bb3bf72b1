import { expect, test } from '@jest/globals';
import { messageBody } from '../../../services/sync/webhooks/message.ts';
import { newSecret, signedHeaders } from '../../../services/sync/webhooks/signature.ts';
import { seal, unseal } from '../../../services/sync/webhooks/vault.ts';

test('the signature is that of the published example of Standard Webhooks', () =>
  expect(
    signedHeaders(
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      new Date(1_614_265_330_999),
      '{"test": 2432232314}',
    ),
  ).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  }));

test('secrets have 32 random bytes and never repeat', () => {
  const secrets = Array.from({ length: 50 }, newSecret);
  expect(new Set(secrets).size).toBe(50);
  expect(Buffer.from(secrets[0]!.slice(6), 'base64')).toHaveLength(32);
});

const key = Buffer.alloc(32, 7);
test('a sealed secret opens with its key and for its owner only, and unchanged', () => {
  const sealed = seal(key, 'owner-1', 'whsec_geheim');
  expect(sealed).not.toContain('geheim');
  expect(unseal(key, 'owner-1', sealed)).toBe('whsec_geheim');
  expect(seal(key, 'owner-1', 'whsec_geheim')).not.toBe(sealed);
  expect(() => unseal(key, 'owner-2', sealed)).toThrow();
  expect(() => unseal(Buffer.alloc(32, 8), 'owner-1', sealed)).toThrow();
  const [format, nonce, tag, text] = sealed.split('.') as [string, string, string, string];
  const changed = Buffer.from(text, 'base64');
  changed[0]! ^= 1;
  expect(() => unseal(key, 'owner-1', [format, nonce, tag, changed.toString('base64')].join('.'))).toThrow();
  expect(() => unseal(key, 'owner-1', [format, nonce, tag.slice(0, 8), text].join('.'))).toThrow();
  expect(() => unseal(key, 'owner-1', 'v2.a.b.c')).toThrow(/unknown format/);
});

test('a message carries the fact without keys of the file store', () => {
  const photos = [{ photoId: 'p', thumbKey: 'photos/t', webKey: 'photos/w' }];
  const body = messageBody({
    id: 'e',
    type: 'returns.return-inspected.v1',
    merchantId: 'm',
    occurredAt: new Date('2026-10-15T10:00:00Z'),
    payload: { number: 'R-1', note: null, items: [{ quantity: 1, photos }], photos },
  });
  expect(JSON.parse(body)).toEqual({
    id: 'e',
    type: 'returns.return-inspected.v1',
    occurredAt: '2026-10-15T10:00:00.000Z',
    merchantId: 'm',
    data: {
      number: 'R-1',
      note: null,
      items: [{ quantity: 1, photos: [{ photoId: 'p' }] }],
      photos: [{ photoId: 'p' }],
    },
  });
});
