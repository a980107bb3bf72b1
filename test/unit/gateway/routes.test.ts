import { expect, test } from '@jest/globals';
import { z } from 'zod';
import type { GatewayDeps } from '../../../services/gateway/gateway.deps.ts';
import { gatewayRoutes } from '../../../services/gateway/routes/gateway-routes.ts';
import { ROLES, type ActionDefinition } from '../../../shared/protocol/define.ts';
import { ALL_ACTIONS } from '../../../shared/protocol/index.ts';
import { thingsActions } from '../../support/gateway-definitions.ts';

const routesOf = (...definitions: object[]) =>
  gatewayRoutes({ config: {}, definitions: definitions as ActionDefinition[] } as unknown as GatewayDeps);
const action = (overrides: object) => ({
  name: 'a.b',
  summary: 'x',
  rest: 'GET /a',
  access: 'public',
  params: z.strictObject({}),
  output: z.object({}),
  ...overrides,
});
const withId = { params: z.strictObject({ id: z.string(), other: z.string() }) };

test.each<[string, object[], RegExp]>([
  ['without an access decision', [action({ access: undefined })], /a\.b has a route and no decision/],
  ['for no role', [action({ access: [] })], /a\.b has a route and no decision/],
  ['that is true instead of a decision', [action({ access: true })], /a\.b has a route and no decision/],
  ['that is internal and has a route', [action({ access: 'internal' })], /a\.b has a route and no decision/],
  ['for an unknown role', [action({ access: ['root'] })], /unknown roles: root/],
  [
    'at the place of another',
    [action({}), action({ name: 'a.c' })],
    /a\.c and a\.b have the same route, GET \/api\/v1\/a/,
  ],
  [
    'that differs from another in the name of a parameter only',
    [action({ ...withId, rest: 'GET /a/{id}' }), action({ ...withId, name: 'a.c', rest: 'GET /a/{other}' })],
    /the same route/,
  ],
  ['whose parameter has no schema', [action({ rest: 'GET /a/{id}' })], /id of the path have no schema/],
  ['with a strange path', [action({ rest: 'GET /a/:id' })], /no usable route/],
  ['with a strange method', [action({ rest: 'LIST /a' })], /no usable route/],
  ['that reads a body with GET', [action({ body: z.strictObject({}) })], /GET has no body/],
])('the gateway does not start with a route %s', (_what, definitions, message) => {
  expect(() => routesOf(...definitions)).toThrow(message);
});

test.each([
  ['the test service', Object.values(thingsActions) as ActionDefinition[]],
  ['the product', ALL_ACTIONS],
])('every route of %s is decided: public or some of the known roles', (_what, definitions) => {
  const routes = routesOf(...definitions);
  expect(routes.length).toBeGreaterThan(definitions.filter(({ rest }) => rest).length);
  for (const { access } of routes)
    expect(access === 'public' || (access.length > 0 && access.every((role) => ROLES.includes(role)))).toBe(true);
});

test('the public routes of the product are these and no others', () => {
  const open = routesOf(...ALL_ACTIONS).filter(({ access }) => access === 'public');
  const names = open.map(({ name }) => name.split(' ')[0]!);
  expect([...new Set(names)].filter((name) => name.startsWith('gateway.')).toSorted()).toEqual([
    'gateway.app',
    'gateway.app-file',
    'gateway.asset',
    'gateway.live',
    'gateway.metrics',
    'gateway.page',
    'gateway.process',
    'gateway.ready',
    'gateway.reference',
  ]);
});
