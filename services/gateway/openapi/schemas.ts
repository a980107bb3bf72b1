import { z } from 'zod';

type Json = Record<string, unknown>;

/**
 * JSON Schemas of a document. Parts that a schema names by an id move to `components.schemas`, where one copy serves
 * all places.
 */
export class SchemaCollection {
  readonly components: Json = {};

  /** @param io  what a client sends (`input`) or gets (`output`) */
  add(schema: z.ZodType, io: 'input' | 'output'): Json {
    const { $defs, ...inline } = z.toJSONSchema(schema, {
      io,
      target: 'draft-2020-12',
      unrepresentable: 'any',
    }) as Json & { $defs?: Record<string, Json> };
    delete inline['$schema'];
    for (const [name, definition] of Object.entries($defs ?? {})) this.components[name] = pointAtComponents(definition);
    return pointAtComponents(inline) as Json;
  }
}

function pointAtComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointAtComponents);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === '$ref' && typeof inner === 'string'
        ? [key, inner.replace('#/$defs/', '#/components/schemas/')]
        : [key, pointAtComponents(inner)],
    ),
  );
}
