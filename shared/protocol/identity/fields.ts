import { z } from 'zod';
import { ROLES } from '../define.ts';
import { id, text } from '../schemas.ts';

export const role = z.enum(ROLES);
export const roles = z.array(role).min(1).max(ROLES.length);
export const merchantIds = z.array(id).max(200);
/** OWASP: long enough, any characters, no composition rules; the upper bound keeps hashing cheap. */
export const newPassword = text(200, 12).meta({ format: 'password' });

export const refreshBody = z.strictObject({
  refreshToken: z.string().min(1).max(200).optional().meta({ description: 'Only without the cookie' }),
});
