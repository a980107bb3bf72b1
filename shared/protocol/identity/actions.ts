import { z } from 'zod';
import { defineAction, ROLES } from '../define.ts';
import { byId, email, filledLine, id, line, none, page, pageParams, text } from '../schemas.ts';
import { merchantIds, newPassword, refreshBody, role, roles } from './fields.ts';
import { apiKeyView, auditEntry, authority, session, userView } from './views.ts';

/** Every API key starts with this, so that it is told from an access token and found by secret scanners. */
export const API_KEY_PREFIX = 'kontor_';
/** Broadcast after the rights of a user or API key changed, with `{ id }`: whoever caches them forgets them. */
export const ACCESS_CHANGED = 'identity.access-changed';

/** Every action of the service; the gateway makes routes, authentication and the reference from this list. */
export const identityActions = {
  login: defineAction({
    name: 'identity.login',
    summary: 'Log in with e-mail and password',
    rest: 'POST /auth/login',
    access: 'public',
    session: true,
    params: none,
    body: z.strictObject({ email, password: text(200) }),
    output: session,
  }),
  refresh: defineAction({
    name: 'identity.refresh',
    summary: 'Exchange the refresh token for a new one and a new access token',
    rest: 'POST /auth/refresh',
    access: 'public',
    session: true,
    params: none,
    body: refreshBody,
    output: session,
  }),
  logout: defineAction({
    name: 'identity.logout',
    summary: 'End the session of the refresh token',
    rest: 'POST /auth/logout',
    access: 'public',
    session: true,
    params: none,
    body: refreshBody,
    output: none,
    status: 204,
  }),
  me: defineAction({
    name: 'identity.me',
    summary: 'The user who is logged in, or the API key in use',
    rest: 'GET /auth/me',
    access: ROLES,
    params: none,
    output: z.object({
      kind: z.enum(['user', 'apiKey']),
      id,
      displayName: z.string(),
      email: email.nullable(),
      roles: z.array(role),
      scope: z.union([z.literal('staff'), z.array(id)]),
    }),
  }),
  changePassword: defineAction({
    name: 'identity.changePassword',
    summary: 'Change the own password; every session of the user ends',
    rest: 'POST /auth/password',
    access: ROLES,
    params: none,
    body: z.strictObject({ currentPassword: text(200), newPassword }),
    output: none,
    status: 204,
  }),

  listUsers: defineAction({
    name: 'identity.listUsers',
    summary: 'Users by e-mail',
    rest: 'GET /users',
    access: ['admin'],
    params: z.strictObject({
      ...pageParams,
      active: z.enum(['true', 'false']).optional(),
      merchantId: id.optional(),
      q: line(120).optional().meta({ description: 'Part of the e-mail or the name' }),
    }),
    output: page(userView),
  }),
  getUser: defineAction({
    name: 'identity.getUser',
    summary: 'One user',
    rest: 'GET /users/{id}',
    access: ['admin'],
    params: byId,
    output: userView,
  }),
  createUser: defineAction({
    name: 'identity.createUser',
    summary: 'Create a user: staff without merchants, or a merchant user with at least one',
    rest: 'POST /users',
    access: ['admin'],
    params: none,
    body: z.strictObject({
      id: id.optional(),
      email,
      displayName: line(120),
      roles,
      merchantIds: merchantIds.default([]),
      password: newPassword,
    }),
    output: userView,
    status: 201,
  }),
  changeUser: defineAction({
    name: 'identity.changeUser',
    summary: 'Change, deactivate or give a new password; effective at once',
    rest: 'PATCH /users/{id}',
    access: ['admin'],
    params: byId,
    body: z.strictObject({
      email: email.optional(),
      displayName: line(120).optional(),
      roles: roles.optional(),
      merchantIds: merchantIds.optional(),
      active: z.boolean().optional(),
      password: newPassword.optional(),
      reason: filledLine(200).optional(),
    }),
    output: userView,
  }),

  listApiKeys: defineAction({
    name: 'identity.listApiKeys',
    summary: 'API keys, newest first',
    rest: 'GET /api-keys',
    access: ['admin'],
    params: z.strictObject({ ...pageParams, active: z.enum(['true', 'false']).optional() }),
    output: page(apiKeyView),
  }),
  createApiKey: defineAction({
    name: 'identity.createApiKey',
    summary: 'Create an API key; its secret is shown in this answer only',
    rest: 'POST /api-keys',
    access: ['admin'],
    params: none,
    body: z.strictObject({
      id: id.optional(),
      name: line(120),
      roles: roles.default(['api']),
      merchantIds: merchantIds.default([]).meta({ description: 'Empty: all merchants' }),
    }),
    output: apiKeyView.extend({
      secret: z.string().nullable().meta({ description: 'The key itself; null when the request is repeated' }),
    }),
    status: 201,
  }),
  deleteApiKey: defineAction({
    name: 'identity.deleteApiKey',
    summary: 'End an API key at once',
    rest: 'DELETE /api-keys/{id}',
    access: ['admin'],
    params: byId,
    output: none,
    status: 204,
  }),

  listAudit: defineAction({
    name: 'identity.listAudit',
    summary: 'Who did what, newest first',
    rest: 'GET /audit',
    access: ['admin', 'finance'],
    params: z.strictObject({
      ...pageParams,
      entity: line(60).optional(),
      entityId: line(80).optional(),
      merchantId: id.optional(),
    }),
    output: page(auditEntry),
  }),

  checkSession: defineAction({
    name: 'identity.checkSession',
    summary: 'Whether a session still counts, and what its user may do now',
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
  getPeople: defineAction({
    name: 'identity.getPeople',
    summary: 'Names of users and API keys, and whether they are of the house; ids of nobody are left out',
    access: 'internal',
    params: none,
    body: z.strictObject({ ids: z.array(id).max(1_000) }),
    output: z.object({ people: z.array(z.object({ id, name: z.string(), house: z.boolean() })) }),
  }),
  ensureFirstAdministrator: defineAction({
    name: 'identity.ensureFirstAdministrator',
    summary: 'Make the first administrator where there is no user yet; the password is told this once',
    access: 'internal',
    params: none,
    output: z.object({ email, password: z.string() }).nullable(),
  }),
};
