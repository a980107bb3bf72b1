import { z } from 'zod';
import type { ActionDefinition } from '../../../shared/protocol/define.ts';
import { operationOf, PROBLEM } from './operation.ts';
import { SchemaCollection } from './schemas.ts';

type Json = Record<string, unknown>;
type OwnPaths = (schemas: SchemaCollection) => Record<string, Record<string, Json>>;

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

From an empty system to an invoice:

1. Log in: \`POST /auth/login\`; its \`accessToken\` goes into \`Authorization: Bearer …\`.
2. Once: who issues invoices (\`PUT /issuer\`) and what things cost (\`POST /rate-cards\` with \`isBase\`).
3. A merchant (\`POST /merchants\`) and the terms agreed with it (\`POST /contracts\`).
4. An order (\`POST /orders\`) and its shipment (\`POST /orders/{id}/shipments\`), or many of both with \`POST /imports\`.
5. Returns: \`POST /returns\`, its items, inspections and photos, \`POST /returns/{id}/complete\`.
6. What it costs: \`GET /charges\`; charges follow within seconds, and those without a price are \`unrated\`.
7. Invoices: \`POST /billing-runs\`, look at the drafts, \`approve\`, \`finalize\`, then \`GET /invoices\` and their PDFs.

Rules of every request:

* Errors are \`application/problem+json\` with a stable \`code\`.
* Lists take \`limit\` (at most 200) and \`cursor\`, and answer \`{ items, nextCursor }\`.
* Writes take \`Idempotency-Key\`: the same key with the same request answers the same and acts once.
* Resources with a \`version\` carry it as \`ETag\`; \`If-Match\` refuses a write on an older one.
* Bodies are JSON in UTF-8. Types are not converted: \`"5"\` is no number. When a name occurs twice in an object, its last value counts.
* Unknown fields and parameters are refused.`;

/**
 * The OpenAPI 3.1 document of the actions that have a route.
 * @param publicUrl  address clients use; relative without it
 * @param own        what the gateway answers by itself, by path and method
 */
export function openApiDocument(
  definitions: readonly ActionDefinition[],
  publicUrl?: string,
  own: OwnPaths = () => ({}),
): Json {
  const schemas = new SchemaCollection();
  const paths: Record<string, Record<string, Json>> = {};
  for (const definition of definitions) {
    const { method, path, operation } = operationOf(definition, schemas);
    paths[path] = { ...paths[path], [method]: operation };
  }
  Object.assign(paths, own(schemas));
  return {
    openapi: '3.1.0',
    info: { title: 'Kontor', version: '1', description: DESCRIPTION },
    servers: [{ url: `${publicUrl?.replace(/\/$/, '') ?? ''}/api/v1` }],
    tags: tagsOf(paths),
    paths,
    components: {
      schemas: { [PROBLEM]: schemas.add(problem, 'output'), ...schemas.components },
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From `POST /auth/login`' },
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, `kontor_…`' },
        signedLink: {
          type: 'apiKey',
          in: 'query',
          name: 'signature',
          description: 'Part of a link that an answer gave, together with `expires` (Unix seconds)',
        },
        refreshCookie: { type: 'apiKey', in: 'cookie', name: 'kontor_refresh' },
      },
    },
  };
}

function tagsOf(paths: Record<string, Record<string, Json>>): Json[] {
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  const names = new Set(operations.flatMap(({ tags }) => tags as string[]));
  return [...names].map((name) => ({ name }));
}
