import { z } from 'zod';

/** A text that a schema lets people write freely: not a day, a decimal, a code of fixed form or length, or a choice. */
export interface TextField {
  /** Keys from the top; items of lists are their first. */
  path: (string | number)[];
  max: number;
}

/** The free texts of a schema, so that a field that is added to it is tried without anybody thinking of it. */
export function textFields(schema: z.core.$ZodType, path: TextField['path'] = []): TextField[] {
  if (schema instanceof z.ZodOptional) return textFields(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) return textFields(schema.element, [...path, 0]);
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, value]) => textFields(value, [...path, key]));
  if (!(schema instanceof z.ZodString) || schema.format !== null || schema.maxLength === null) return [];
  if (schema.minLength === schema.maxLength) return [];
  return [{ path, max: schema.maxLength }];
}

/** A copy with another value in one place; what leads there is made where it is missing. */
export function withValue<T>(content: T, path: TextField['path'], value: unknown): T {
  const copy = structuredClone(content);
  let place = copy as Record<string | number, unknown>;
  for (const [index, key] of path.slice(0, -1).entries()) {
    place[key] ??= typeof path[index + 1] === 'number' ? [] : {};
    place = place[key] as Record<string | number, unknown>;
  }
  place[path.at(-1)!] = value;
  return copy;
}
