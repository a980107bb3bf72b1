import { z } from 'zod';
import type { ActionDefinition } from '../../../shared/protocol/define.ts';
import { operationOf, PROBLEM } from './operation.ts';
import { SchemaCollection } from './schemas.ts';

type Json = Record<string, unknown>;

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string().meta({ description: 'Stable and upper-case; decide by this, never by the text' }),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
  requestId: z.string(),
});

const DESCRIPTION = `Returns and billing for fulfillment houses.

* Errors are \`application/problem+json\` with a stable \`code\`.
* Lists take \`limit\` (at most 200) and \`cursor\`, and answer \`{ items, nextCursor }\`.
* Writes take \`Idempotency-Key\`: the same key with the same request answers the same and acts once.
* Resources with a \`version\` carry it as \`ETag\`; \`If-Match\` refuses a write on an older one.
* Bodies are JSON in UTF-8 without conversion of types; of a name that stands twice the last value counts.
* Unknown fields and parameters are refused.`;

/**
 * The OpenAPI 3.1 document of the actions that have a route.
 * @param publicUrl  address clients use; relative without it
 */
export function openApiDocument(definitions: readonly ActionDefinition[], publicUrl?: string): Json {
  const schemas = new SchemaCollection();
  const paths: Record<string, Record<string, Json>> = {};
  for (const definition of definitions) {
    const { method, path, operation } = operationOf(definition, schemas);
    paths[path] = { ...paths[path], [method]: operation };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Kontor', version: '1', description: DESCRIPTION },
    servers: [{ url: `${publicUrl?.replace(/\/$/, '') ?? ''}/api/v1` }],
    tags: tagsOf(definitions),
    paths,
    components: {
      schemas: { [PROBLEM]: schemas.add(problem, 'output'), ...schemas.components },
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From `POST /auth/login`' },
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `kontor_…`' },
        refreshCookie: { type: 'apiKey', in: 'cookie', name: 'kontor_refresh' },
      },
    },
  };
}

function tagsOf(definitions: readonly ActionDefinition[]): Json[] {
  const names = new Set(definitions.map(({ name }) => name.split('.')[0]!));
  return [...names].map((name) => ({ name }));
}
