import { randomBytes } from 'node:crypto';
import { hash, verify, type Options } from '@node-rs/argon2';

/** Hashing of passwords: slow on purpose, and equally slow for nobody. */
export interface Passwords {
  hash: (password: string) => Promise<string>;
  matches: (passwordHash: string, password: string) => Promise<boolean>;
  /** Takes as long as {@link Passwords.matches}, so that time does not tell whether an account exists. */
  matchesNobody: (password: string) => Promise<false>;
}

/** Argon2id as the OWASP password storage cheat sheet asks: 19 MiB, two passes, one lane. */
const OWASP: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export async function createPasswords(options: Options = OWASP): Promise<Passwords> {
  const nobody = await hash(randomBytes(24), options);
  return {
    hash: (password) => hash(password, options),
    matches: (passwordHash, password) => verify(passwordHash, password),
    matchesNobody: async (password) => {
      await verify(nobody, password);
      return false;
    },
  };
}
