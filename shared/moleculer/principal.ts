import { jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { AppError } from '../kernel/errors.ts';
import type { Actor, Scope } from '../protocol/actor.ts';
import type { Role } from '../protocol/define.ts';
import { checkOnce, type Checked } from './check-tokens.ts';

/** The part of an actor that must not be forged. */
export type Principal = Pick<Actor, 'kind' | 'id' | 'roles' | 'scope'>;

const TYPE = 'kontor-principal+jwt';
const LIFETIME_S = 120;
const LEEWAY_S = 30;
const MOST = 5_000;

/**
 * Signs who acts, for the way over the bus: any node on it can call any action with any meta (T9), so the called
 * service believes only what carries this signature. The same principal gets the same signature for half its lifetime.
 */
export function principalSigner(key: Uint8Array): (principal: Principal) => Promise<string> {
  const signed = new LRUCache<string, Promise<string>>({ max: MOST, ttl: (LIFETIME_S / 2) * 1_000, perf: Date });
  return ({ kind, id, roles, scope }) => {
    const text = JSON.stringify([kind, id, roles, scope]);
    const earlier = signed.get(text);
    if (earlier) return earlier;
    const signing = sign({ kind, id, roles, scope }, key);
    signed.set(text, signing);
    return signing;
  };
}

/** What reads a signed principal; it throws AppError 401 when the signature is missing, foreign or too old. */
export function principalVerifier(key: Uint8Array): (token: unknown) => Promise<Principal> {
  const verified = checkOnce((token) => verify(token, key));
  return (token) => verified(String(token));
}

function sign({ kind, id, roles, scope }: Principal, key: Uint8Array): Promise<string> {
  return new SignJWT({ kind, roles: [...roles], scope: scope === 'staff' ? scope : [...scope] })
    .setProtectedHeader({ alg: 'HS256', typ: TYPE })
    .setSubject(id)
    .setIssuedAt()
    .setExpirationTime(`${LIFETIME_S}s`)
    .sign(key);
}

async function verify(token: string, key: Uint8Array): Promise<Checked<Principal>> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      typ: TYPE,
      clockTolerance: LEEWAY_S,
      requiredClaims: ['sub', 'exp'],
    });
    const value = {
      kind: payload['kind'] as Actor['kind'],
      id: payload.sub!,
      roles: payload['roles'] as Role[],
      scope: payload['scope'] as Scope,
    };
    return { value, endsAt: (payload.exp! + LEEWAY_S) * 1_000 };
  } catch {
    throw new AppError(401, 'PRINCIPAL_INVALID', 'The call carries no valid principal');
  }
}
