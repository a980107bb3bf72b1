import { API_BASE, EVERYONE } from '../../../shared/protocol/define.ts';
import { changeNotice } from '../../../shared/protocol/live.ts';
import { identifyAgain } from '../auth/authenticate.ts';
import type { GatewayDeps } from '../gateway.deps.ts';
import { PROBLEM } from '../openapi/operation.ts';
import type { SchemaCollection } from '../openapi/schemas.ts';
import { assertNoQuery } from '../request/query.ts';
import type { Route } from '../routes/route.ts';

type Json = Record<string, unknown>;

const PATH = '/live';
const NAME = 'gateway.changes';

/** Changes as they happen. Its answer goes on after `answer` has returned, until the hub or its reader ends it. */
export const liveRoute = (deps: GatewayDeps): Route => ({
  method: 'GET',
  path: API_BASE + PATH,
  name: NAME,
  access: EVERYONE,
  answer: (exchange, actor) => {
    assertNoQuery(exchange.query);
    const route = { name: NAME, access: EVERYONE };
    deps.live.open(exchange, actor, () => identifyAgain(deps, exchange, route));
  },
});

/** The stream in the reference. */
export const liveOperation = (schemas: SchemaCollection): Record<string, Record<string, Json>> => ({
  [PATH]: {
    get: {
      operationId: 'gateway_changes',
      summary: 'Changes as they happen, as server-sent events',
      tags: ['gateway'],
      description: `Roles: ${EVERYONE.join(', ')}. ${EXPLANATION}`,
      security: [{ accessToken: [] }, { apiKey: [] }],
      parameters: [],
      responses: {
        200: {
          description: 'A stream; each `data` line is one notice',
          content: { 'text/event-stream': { schema: schemas.add(changeNotice, 'output') } },
        },
        ...Object.fromEntries(
          Object.entries(PROBLEMS).map(([status, description]) => [
            status,
            {
              description,
              content: { 'application/problem+json': { schema: { $ref: `#/components/schemas/${PROBLEM}` } } },
            },
          ]),
        ),
      },
    },
  },
});

const EXPLANATION = [
  'Says that something changed and not what: read it again.',
  'Without `id` everything of the topic may have changed; without `merchantId` and `id` the notice stands for many.',
  'The event `ready` comes first, whenever the stream has been opened: read again what is shown, since changes before it were not told.',
  'The event `end` says why the stream ends; then, and whenever it breaks, connect again with a valid token.',
  'Notices can be lost, so ask for what matters now and then, too.',
].join(' ');

const PROBLEMS = {
  401: 'Not logged in',
  422: 'Invalid input',
  429: 'Too many requests, or too many streams of one user',
  503: 'Not available now',
};
