import { z } from 'zod';
import { email, id, instant } from '../schemas.ts';
import { role } from './fields.ts';

export const userView = z.object({
  id,
  version: z.int(),
  email,
  displayName: z.string(),
  roles: z.array(role),
  merchantIds: z.array(id),
  active: z.boolean(),
  lastLoginAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type UserView = z.output<typeof userView>;

export const session = z.object({
  accessToken: z.string(),
  expiresIn: z.int().meta({ description: 'Seconds' }),
  user: userView,
  /** The gateway keeps it in an httpOnly cookie and takes it out of the answer. */
  refreshToken: z.string(),
});
export type Session = z.output<typeof session>;

export const apiKeyView = z.object({
  id,
  version: z.int(),
  name: z.string(),
  hint: z.string().meta({ description: 'The first characters of the key, to tell keys apart' }),
  roles: z.array(role),
  merchantIds: z.array(id),
  active: z.boolean(),
  lastUsedAt: instant.nullable(),
  createdAt: instant,
});
export type ApiKeyView = z.output<typeof apiKeyView>;

/** What somebody may do at this moment. With `active: false` the rest means nothing. */
export const authority = z.object({
  active: z.boolean(),
  roles: z.array(role),
  scope: z.union([z.literal('staff'), z.array(id)]),
  displayName: z.string(),
});
export type Authority = z.output<typeof authority>;

export const auditEntry = z.object({
  id,
  at: instant,
  service: z.string(),
  actorKind: z.string(),
  actorId: z.string(),
  actorName: z.string().nullable(),
  requestId: z.string(),
  action: z.string(),
  entity: z.string(),
  entityId: z.string(),
  merchantId: id.nullable(),
  before: z.unknown(),
  after: z.unknown(),
  reason: z.string().nullable(),
});
