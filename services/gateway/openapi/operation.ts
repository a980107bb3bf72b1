import type { z } from 'zod';
import type { ActionDefinition } from '../../../shared/protocol/define.ts';
import { pathNames, placeOf } from '../routes/route.ts';
import { takesRefreshToken } from '../request/session-cookie.ts';
import type { SchemaCollection } from './schemas.ts';

type Json = Record<string, unknown>;

export const PROBLEM = 'Problem';

/** The entry of one action. Paths stand below the address of the server, as in the definitions. */
export function operationOf(
  definition: ActionDefinition,
  schemas: SchemaCollection,
): { method: string; path: string; operation: Json } {
  const { method, path } = placeOf(definition);
  const body = bodyOf(definition, schemas);
  const operation = {
    operationId: definition.name.replaceAll('.', '_'),
    summary: definition.summary,
    tags: [definition.name.split('.')[0]],
    description: accessText(definition),
    security: securityOf(definition),
    parameters: parametersOf(definition, schemas, method, path),
    ...(body ? { requestBody: body } : {}),
    responses: { ...success(definition, schemas), ...problems(definition, method) },
  };
  return { method: method.toLowerCase(), path, operation };
}

function accessText({ access, signed }: ActionDefinition): string {
  const byLink = signed ? ' Or a signed link, as other answers give it, with `expires` and `signature`.' : '';
  return access === 'public' ? 'No log-in needed.' : `Roles: ${(access as readonly string[]).join(', ')}.${byLink}`;
}

function securityOf(definition: ActionDefinition): Json[] {
  if (takesRefreshToken(definition)) return [{ refreshCookie: [] }];
  if (definition.access === 'public') return [];
  return [{ accessToken: [] }, { apiKey: [] }, ...(definition.signed ? [{ signedLink: [] }] : [])];
}

function parametersOf(definition: ActionDefinition, schemas: SchemaCollection, method: string, path: string): Json[] {
  const inPath = new Set(pathNames(path));
  const { properties = {}, required = [] } = schemas.add(definition.params, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  const own = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: inPath.has(name) ? 'path' : 'query',
    required: inPath.has(name) || required.includes(name),
    schema,
  }));
  return method === 'GET' ? own : [...own, ...writeHeaders(definition)];
}

function writeHeaders({ access, session }: ActionDefinition): Json[] {
  if (access === 'public' || session) return [];
  return [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    },
    { name: 'If-Match', in: 'header', required: false, schema: { type: 'string', pattern: '^"\\d+"$' } },
  ];
}

function bodyOf(definition: ActionDefinition, schemas: SchemaCollection): Json | undefined {
  const { body, upload } = definition;
  const schema = body && withoutRefreshToken(definition, schemas.add(body, 'input'));
  if (upload) {
    const properties = { ...(schema?.['properties'] as Json), [upload.field]: { type: 'string', format: 'binary' } };
    const required = [...((schema?.['required'] as string[]) ?? []), upload.field];
    const form = { type: 'object', properties, required, additionalProperties: false };
    const description = `The file may have ${upload.maxBytes} bytes.`;
    return { required: true, description, content: { 'multipart/form-data': { schema: form } } };
  }
  if (!schema || !Object.keys(schema['properties'] ?? {}).length) return undefined;
  const required = Boolean((schema['required'] as string[] | undefined)?.length);
  return { required, content: { 'application/json': { schema } } };
}

/** The token travels in the cookie only. */
function withoutRefreshToken(definition: ActionDefinition, schema: Json): Json {
  if (!definition.session) return schema;
  const all = Object.entries((schema['properties'] ?? {}) as Json);
  const properties = Object.fromEntries(all.filter(([name]) => name !== 'refreshToken'));
  const required = ((schema['required'] ?? []) as string[]).filter((name) => name !== 'refreshToken');
  return { ...schema, properties, ...(schema['required'] ? { required } : {}) };
}

function success(definition: ActionDefinition, schemas: SchemaCollection): Json {
  const status = String(definition.status ?? 200);
  if (definition.download) {
    const headers = { ETag: { schema: { type: 'string' } }, 'Content-Disposition': { schema: { type: 'string' } } };
    return {
      200: { description: 'The file', headers, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } },
    };
  }
  if (status === '204') return { 204: { description: 'Done' } };
  const schema = withoutRefreshToken(definition, schemas.add(definition.output as z.ZodType, 'output'));
  const headers =
    'version' in ((schema['properties'] ?? {}) as Json) ? { headers: { ETag: { schema: { type: 'string' } } } } : {};
  return { [status]: { description: 'Success', ...headers, content: { 'application/json': { schema } } } };
}

function problems({ access, session, params, upload }: ActionDefinition, method: string): Json {
  const meanings: Record<string, string> = {
    400: 'Not readable',
    422: 'Invalid input',
    429: 'Too many requests',
    503: 'Not available now',
  };
  if (access !== 'public' || session) meanings['401'] = 'Not logged in';
  if (access !== 'public') meanings['403'] = 'Not allowed for your role';
  if ('id' in params.shape) meanings['404'] = 'Missing, or not yours';
  if (method !== 'GET') {
    meanings['409'] = 'Not possible in the present state';
    meanings['412'] = 'Changed in the meantime';
    meanings['413'] = 'Too large';
  }
  if (upload || method !== 'GET') meanings['415'] = 'Wrong content type';
  const content = { 'application/problem+json': { schema: { $ref: `#/components/schemas/${PROBLEM}` } } };
  return Object.fromEntries(
    Object.entries(meanings).map(([status, description]) => [status, { description, content }]),
  );
}
