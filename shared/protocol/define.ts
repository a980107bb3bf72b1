import type { z } from 'zod';

/** Who may call an action. `api` is the role of an API key. */
export const ROLES = ['worker', 'lead', 'finance', 'admin', 'merchantViewer', 'merchantDecider', 'api'] as const;
export type Role = (typeof ROLES)[number];

/** Everybody in the fulfiller's house; their scope is all merchants. */
export const STAFF = ['worker', 'lead', 'finance', 'admin'] as const satisfies readonly Role[];
/** Users of a merchant; their scope is the merchants of their account. */
export const MERCHANT_USERS = ['merchantViewer', 'merchantDecider'] as const satisfies readonly Role[];
export const EVERYONE = [...STAFF, ...MERCHANT_USERS, 'api'] as const satisfies readonly Role[];

/**
 * `public`: no log-in. `internal`: for other services only, never a route. Else the roles that may call.
 * There is no default, so that a route without a decision cannot exist.
 */
export type Access = 'public' | 'internal' | readonly Role[];

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A multipart route: the gateway stores the file under `incoming/` and hands over what it measured. */
export interface UploadRule {
  field: string;
  maxBytes: number;
}

/** What the owner of an action gets of an uploaded file. */
export interface UploadedFile {
  uploadKey: string;
  sha256: string;
  bytes: number;
  filename: string | null;
}

export interface ActionDefinition<
  Params extends z.ZodObject = z.ZodObject,
  Body extends z.ZodObject = z.ZodObject,
  Output extends z.ZodType = z.ZodType,
> {
  /** `<service>.<verb>`, as the broker knows it. */
  name: string;
  /** One sentence for the reference. */
  summary: string;
  /** Path below the base of the API, with `{name}` for parameters. Without it there is no route. */
  rest?: `${Method} /${string}`;
  access: Access;
  /** Path and query parameters; parsed from text, so numbers and booleans coerce here and only here. */
  params: Params;
  /** The JSON body, or the text fields of a multipart body. */
  body?: Body;
  output: Output;
  /** Status of success; 200 unless stated. */
  status?: 200 | 201 | 202 | 204;
  bodyLimitBytes?: number;
  /** How long a caller waits, where a large body takes longer than the broker's limit. */
  timeoutMs?: number;
  upload?: UploadRule;
  /** The output is a `fileAnswer`: the gateway streams it from the object store. */
  download?: true;
  /** A download that also answers whoever has a signed link to exactly this path, without a log-in (shared/links). */
  signed?: true;
  /** Sets or clears the refresh cookie; only identity's session actions do. */
  session?: true;
}

/** An empty schema reads as `Record<string, never>`, which would forbid every field of the body. */
type Fields<Schema extends z.ZodObject, Values> = keyof Schema['shape'] extends never ? unknown : Values;
type BodyOf<D> = D extends { body: infer B extends z.ZodObject } ? Fields<B, z.output<B>> : unknown;
type FileOf<D> = D extends { upload: UploadRule } ? { file: UploadedFile } : unknown;
type BodyInOf<D> = D extends { body: infer B extends z.ZodObject } ? Fields<B, z.input<B>> : unknown;

/** What a use case receives: parameters, body and file in one object with distinct names. */
export type InputOf<D extends ActionDefinition> = Fields<D['params'], z.output<D['params']>> & BodyOf<D> & FileOf<D>;
/** What a caller passes before defaults are filled in. */
export type CallInputOf<D extends ActionDefinition> = Fields<D['params'], z.input<D['params']>> &
  BodyInOf<D> &
  FileOf<D>;
export type OutputOf<D extends ActionDefinition> = z.output<D['output']>;

/** Where every route of an action begins. */
export const API_BASE = '/api/v1';

/**
 * The path of an action with its parameters filled in, as the gateway sees it; parameters of the query stay out.
 * @throws Error for an action without a route or a parameter that is missing
 */
export function routePath({ name, rest }: Pick<ActionDefinition, 'name' | 'rest'>, params: object): string {
  const path = rest?.split(' ')[1];
  if (!path) throw new Error(`${name} has no route`);
  const values = params as Record<string, unknown>;
  return (
    API_BASE +
    path.replaceAll(/\{([A-Za-z]+)\}/g, (_, key: string) => {
      if (values[key] === undefined) throw new Error(`${name} needs ${key} for its path`);
      return encodeURIComponent(String(values[key]));
    })
  );
}

/** Declares an action; the identity function with checks that hold for every definition. */
export function defineAction<const D extends ActionDefinition<z.ZodObject, z.ZodObject, z.ZodType>>(definition: D): D {
  const clash = Object.keys(definition.body?.shape ?? {}).filter((key) => key in definition.params.shape);
  if (clash.length) throw new Error(`${definition.name}: ${clash.join(', ')} stand in the parameters and in the body`);
  if ((definition.access === 'internal') === (definition.rest !== undefined))
    throw new Error(`${definition.name}: an internal action has no route, every other one has`);
  if (definition.signed && !(definition.download && definition.rest?.startsWith('GET ')))
    throw new Error(`${definition.name}: signed links are for downloads only`);
  const beside = Object.keys(definition.params.shape).filter((key) => !definition.rest?.includes(`{${key}}`));
  if (definition.signed && beside.length)
    throw new Error(`${definition.name}: the signature of a link does not cover ${beside.join(', ')}`);
  return definition;
}

export interface EventDefinition<Payload extends z.ZodType = z.ZodType> {
  /** `<service>.<fact-in-the-past-tense>.v<n>` */
  type: string;
  payload: Payload;
}

/** Declares an event: a fact, versioned, self-contained, validated on both sides. */
export function defineEvent<const Type extends string, Payload extends z.ZodType>(
  type: Type,
  payload: Payload,
): { type: Type; payload: Payload } {
  return { type, payload };
}

/** An event as it is stored and delivered. */
export interface Envelope<Payload = unknown> {
  id: string;
  type: string;
  merchantId: string | null;
  occurredAt: Date;
  payload: Payload;
}

export type EnvelopeOf<E extends EventDefinition> = Envelope<z.output<E['payload']>>;
