import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { openApiDocument } from '../../../services/gateway/openapi/document.ts';
import { ALL_ACTIONS } from '../../../shared/protocol/index.ts';
import { defineAction, type ActionDefinition } from '../../../shared/protocol/define.ts';
import { thingsActions } from '../../support/gateway-definitions.ts';

interface Operation {
  operationId?: string;
  description?: string;
  security?: unknown[];
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { required: boolean; content: Record<string, { schema: { properties: object; required?: string[] } }> };
  responses: Record<string, { content?: Record<string, { schema: { properties?: object; $ref?: string } }> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: object; schemas: object };
  servers: { url: string }[];
}

const documentOf = (definitions: readonly ActionDefinition[]) =>
  JSON.parse(JSON.stringify(openApiDocument(definitions.filter(({ rest }) => rest)))) as Document;
const fake = documentOf(Object.values(thingsActions) as ActionDefinition[]);

test.each([
  ['the test service', fake],
  ['the product', documentOf(ALL_ACTIONS)],
])('the reference of %s is whole', (_what, document) => {
  expect(document.openapi).toBe('3.1.0');
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { path, method, operation } of operations) {
    expect(operation.operationId).toMatch(/^[a-zA-Z]+_[a-zA-Z]+$/);
    expect(Array.isArray(operation.security)).toBe(true);
    expect(operation.description).toMatch(/^(No log-in needed|Roles: )/);
    const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
    expect(inPath.map(({ name }) => `{${name}}`).toSorted()).toEqual((path.match(/\{[^}]+\}/g) ?? []).toSorted());
    expect(inPath.every(({ required }) => required)).toBe(true);
    expect(Object.keys(operation.responses).some((status) => /^20[0-4]$/.test(status))).toBe(true);
    if (method === 'get') expect(operation.requestBody).toBeUndefined();
  }
  for (const ref of refsOf(document)) {
    const target = ref
      .slice(2)
      .split('/')
      .reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], document);
    expect([ref, typeof target]).toEqual([ref, 'object']);
  }
  expect(JSON.stringify(document)).not.toMatch(/\$schema|\$defs/);
});

test('internal actions are not in the reference', () => {
  expect(JSON.stringify(fake)).not.toContain('things_secret');
});

test('parameters, bodies, uploads, downloads and sessions are described as they work', () => {
  const { paths } = fake;
  const list = paths['/things']!['get']!;
  expect(list.parameters.find(({ name }) => name === 'limit')).toMatchObject({
    in: 'query',
    required: false,
    schema: { default: 50, maximum: 200 },
  });
  expect(list.security).toEqual([{ accessToken: [] }, { apiKey: [] }]);
  expect(list.description).toBe('Roles: worker, admin, merchantViewer, api.');
  const create = paths['/things']!['post']!;
  expect(create.requestBody!.content['application/json']!.schema.required).toEqual(['name', 'quantity']);
  expect(create.parameters.map(({ name }) => name)).toEqual(['Idempotency-Key', 'If-Match']);
  expect(create.responses['422']!.content!['application/problem+json']!.schema.$ref).toBe(
    '#/components/schemas/Problem',
  );
  const upload = paths['/things/{id}/photos']!['post']!.requestBody!.content['multipart/form-data']!.schema;
  expect([Object.keys(upload.properties), upload.required]).toEqual([['note', 'pages', 'file'], ['file']]);
  expect(Object.keys(paths['/things/{id}/file.pdf']!['get']!.responses['200']!.content!)).toEqual(['*/*']);
  const login = paths['/auth/login']!['post']!;
  expect([
    login.security,
    Object.keys(login.responses['200']!.content!['application/json']!.schema.properties!),
  ]).toEqual([[], ['accessToken']]);
  const refresh = paths['/auth/refresh']!['post']!;
  expect([refresh.security, refresh.requestBody]).toEqual([[{ refreshCookie: [] }], undefined]);
});

test('a schema with a name becomes a component that its places point at', () => {
  const part = z.object({ x: z.string() }).meta({ id: 'Part' });
  const definition = defineAction({
    name: 'a.b',
    summary: 'x',
    rest: 'GET /a',
    access: 'public',
    params: z.strictObject({}),
    output: z.object({ one: part, two: part }),
  });
  const document = documentOf([definition]);
  expect(document.components.schemas).toHaveProperty('Part');
  expect(refsOf(document)).toContain('#/components/schemas/Part');
});

function refsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === '$ref' ? [String(inner)] : refsOf(inner)));
}
