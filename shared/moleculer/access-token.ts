import { jwtVerify, SignJWT } from 'jose';
import { AppError } from '../kernel/errors.ts';
import { checkOnce, type Checked } from './check-tokens.ts';

/** Whom an access token names. What they may do is asked of identity for every request, never read from the token. */
export interface AccessToken {
  userId: string;
  sessionId: string;
}

const TYPE = 'at+jwt';
const ISSUER = 'kontor';
const AUDIENCE = 'kontor-api';
const LEEWAY_S = 30;
/** Ours are some 300 bytes; hashing a huge one is work for a stranger. */
const LONGEST_TOKEN = 8_192;
const HEADER_FIELDS = new Set(['alg', 'typ']);

/**
 * Makes the token a client sends as `Authorization: Bearer …` (RFC 9068).
 * @param key        `platform.keys.accessToken`, a key for nothing else
 * @param lifetimeS  seconds until it ends, by the system's clock: business time may stand still
 */
export async function signAccessToken(
  { userId, sessionId }: AccessToken,
  key: Uint8Array,
  lifetimeS: number,
): Promise<string> {
  const nowS = Math.floor(Date.now() / 1_000);
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: 'HS256', typ: TYPE })
    .setSubject(userId)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt(nowS)
    .setExpirationTime(nowS + lifetimeS)
    .sign(key);
}

/**
 * What reads access tokens; each is checked once while it is good.
 * @throws AppError 401 `TOKEN_EXPIRED`, or `TOKEN_INVALID` for whatever else is wrong: the algorithm, the signature,
 *         the kind of token, a missing claim, or a header that names a key of its own
 */
export const accessTokenVerifier = (key: Uint8Array): ((token: string) => Promise<AccessToken>) =>
  checkOnce((token) => check(token, key));

async function check(token: string, key: Uint8Array): Promise<Checked<AccessToken>> {
  try {
    if (token.length > LONGEST_TOKEN) throw new Error('too long');
    const { payload, protectedHeader } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      typ: TYPE,
      issuer: ISSUER,
      audience: AUDIENCE,
      clockTolerance: LEEWAY_S,
      requiredClaims: ['sub', 'sid', 'exp'],
    });
    if (Object.keys(protectedHeader).some((field) => !HEADER_FIELDS.has(field))) throw new Error('foreign header');
    const { sub, sid, exp } = payload;
    if (typeof sub !== 'string' || typeof sid !== 'string') throw new Error('claims');
    return { value: { userId: sub, sessionId: sid }, endsAt: (exp! + LEEWAY_S) * 1_000 };
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_JWT_EXPIRED')
      throw new AppError(401, 'TOKEN_EXPIRED', 'The access token has expired');
    throw new AppError(401, 'TOKEN_INVALID', 'The access token is not valid');
  }
}
