import { jwtVerify, SignJWT } from 'jose';
import { AppError } from '../kernel/errors.ts';
import type { Actor, Scope } from '../protocol/actor.ts';
import type { Role } from '../protocol/define.ts';

/** The part of an actor that must not be forged. */
export type Principal = Pick<Actor, 'kind' | 'id' | 'roles' | 'scope'>;

const TYPE = 'kontor-principal+jwt';
const LIFETIME_S = 120;

/**
 * Signs who acts, for the way over the bus: any node on it can call any action with any meta (T9), so the called
 * service believes only what carries this signature.
 */
export async function signPrincipal(principal: Principal, key: Uint8Array): Promise<string> {
  const { kind, id, roles, scope } = principal;
  return new SignJWT({ kind, roles: [...roles], scope: scope === 'staff' ? scope : [...scope] })
    .setProtectedHeader({ alg: 'HS256', typ: TYPE })
    .setSubject(id)
    .setIssuedAt()
    .setExpirationTime(`${LIFETIME_S}s`)
    .sign(key);
}

/** @throws AppError 401 when the signature is missing, foreign or too old */
export async function verifyPrincipal(token: unknown, key: Uint8Array): Promise<Principal> {
  try {
    const { payload } = await jwtVerify(String(token), key, {
      algorithms: ['HS256'],
      typ: TYPE,
      clockTolerance: 30,
      requiredClaims: ['sub', 'exp'],
    });
    return {
      kind: payload['kind'] as Actor['kind'],
      id: payload.sub!,
      roles: payload['roles'] as Role[],
      scope: payload['scope'] as Scope,
    };
  } catch {
    throw new AppError(401, 'PRINCIPAL_INVALID', 'The call carries no valid principal');
  }
}
