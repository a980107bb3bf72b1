import { z } from 'zod';
import { defineAction, ROLES } from '../define.ts';
import { id, none } from '../schemas.ts';

/** What somebody who is logged in may do at this moment. With `active: false` the rest means nothing. */
export const authority = z.object({
  active: z.boolean(),
  roles: z.array(z.enum(ROLES)),
  scope: z.union([z.literal('staff'), z.array(id)]),
  displayName: z.string(),
});

/** Every action of the service; the gateway makes routes, authentication and the reference from this list. */
export const identityActions = {
  checkSession: defineAction({
    name: 'identity.checkSession',
    summary: 'Whether a session is still good, and what its user may do now',
    access: 'internal',
    params: none,
    body: z.strictObject({ userId: id, sessionId: id }),
    output: authority,
  }),
  checkApiKey: defineAction({
    name: 'identity.checkApiKey',
    summary: 'Whose API key this is and what it may do now; an unknown key is answered like an inactive one',
    access: 'internal',
    params: none,
    body: z.strictObject({ key: z.string().max(200) }),
    output: authority.extend({ id: id.nullable() }),
  }),
};
