import { expect, test } from '@jest/globals';
import { createPasswords } from '../../../services/identity/passwords.ts';
import { newApiKey, newPassword, newRefreshToken, sha256 } from '../../../services/identity/secrets.ts';

test('secrets are long, never the same, and kept as a hash only', () => {
  const made = Array.from({ length: 100 }, newRefreshToken);
  expect(new Set(made.map(({ secret }) => secret)).size).toBe(100);
  for (const { secret, hash } of made) {
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(hash).toBe(sha256(secret));
    expect(hash).not.toContain(secret);
  }
});

test('an API key shows what it is, and its hint gives away next to nothing', () => {
  const { secret, hint, hash } = newApiKey();
  expect(secret).toMatch(/^kontor_[\w-]{43}$/);
  expect(secret.startsWith(hint)).toBe(true);
  expect(hint).toHaveLength(13);
  expect(hash).toBe(sha256(secret));
});

test('a generated password is long enough for our own rule and can be read aloud', () =>
  expect(newPassword()).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/));

test('passwords are hashed with Argon2id and the parameters of OWASP, each with its own salt', async () => {
  const passwords = await createPasswords();
  const [one, other] = [await passwords.hash('hunter22hunter22'), await passwords.hash('hunter22hunter22')];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(other);
  expect(await passwords.matches(one, 'hunter22hunter22')).toBe(true);
  expect(await passwords.matches(one, 'hunter22hunter23')).toBe(false);
  expect(await passwords.matchesNobody('hunter22hunter22')).toBe(false);
});
