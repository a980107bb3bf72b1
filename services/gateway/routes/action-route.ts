import { InvalidInput } from '../../../shared/kernel/errors.ts';
import { fieldErrors } from '../../../shared/moleculer/actions.ts';
import { z } from 'zod';
import { isUnreachable, type Call } from '../../../shared/moleculer/call.ts';
import type { Actor } from '../../../shared/protocol/actor.ts';
import { API_BASE, type ActionDefinition, type UploadedFile } from '../../../shared/protocol/define.ts';
import type { fileAnswer } from '../../../shared/protocol/schemas.ts';
import type { GatewayDeps } from '../gateway.deps.ts';
import { sendFile } from '../http/download.ts';
import type { Exchange } from '../http/exchange.ts';
import { sendJson } from '../http/send.ts';
import { readJsonBody } from '../request/json-body.ts';
import { idempotencyKeyOf, ifMatchOf, requestHash } from '../request/preconditions.ts';
import { readQuery } from '../request/query.ts';
import { keepRefreshToken, refreshTokenOf, takesRefreshToken } from '../request/session-cookie.ts';
import { receiveForm } from '../request/upload.ts';
import { placeOf, type PathParams, type Route } from './route.ts';

export { API_BASE };
const BODY_LIMIT_BYTES = 1_048_576;
const NO_BODY = z.strictObject({});

type Input = Record<string, unknown>;

/** The route of an action, made from its definition alone. */
export function actionRoute(deps: GatewayDeps, definition: ActionDefinition): Route {
  const { method, path } = placeOf(definition);
  return {
    method,
    path: API_BASE + path,
    name: definition.name,
    access: definition.access as Route['access'],
    ...(definition.signed ? { signed: true } : {}),
    answer: (exchange, actor, pathParams) => answerAction(deps, definition, exchange, actor, pathParams),
  };
}

async function answerAction(
  deps: GatewayDeps,
  definition: ActionDefinition,
  exchange: Exchange,
  actor: Actor,
  pathParams: PathParams,
): Promise<void> {
  const params = paramsOf(definition, exchange, pathParams);
  const ifMatch = ifMatchOf(exchange.request);
  const caller: Actor = { ...actor, ...(ifMatch === undefined ? {} : { ifMatch }) };
  let status = definition.status ?? 200;
  // the id of a create was known, with the same content
  const onRepeated = () => void (status = status === 201 ? 200 : status);
  const acting = {
    ...deps,
    call: ((called, input, who, options) => deps.call(called, input, who, { ...options, onRepeated })) as Call,
  };
  const answer = definition.upload
    ? await answerUpload(acting, definition, exchange, caller, params)
    : await answerJson(acting, definition, exchange, caller, params);
  if (definition.download) return sendFile(deps.store, exchange, answer as z.output<typeof fileAnswer>);
  const shown = definition.session ? keepRefreshToken(deps, definition, exchange, answer) : answer;
  sendJson(exchange, status, shown);
}

async function answerJson(
  deps: GatewayDeps,
  definition: ActionDefinition,
  exchange: Exchange,
  actor: Actor,
  params: Input,
): Promise<unknown> {
  const { request } = exchange;
  const reads = request.method === 'GET' || request.method === 'HEAD';
  const sent = reads
    ? {}
    : await readJsonBody(request, definition.bodyLimitBytes ?? BODY_LIMIT_BYTES, deps.bodyWithinMs);
  const body = takesRefreshToken(definition) ? withCookie(deps, definition, exchange, sent) : sent;
  assertFits(definition, params, body);
  const act = () =>
    deps.call(definition, { ...params, ...body } as never, actor, repeatable(definition, exchange, params, body));
  if (definition.session && typeof body['email'] === 'string')
    return deps.limits.login(body['email'], exchange.clientAddress, act);
  return act();
}

async function answerUpload(
  deps: GatewayDeps,
  definition: ActionDefinition,
  exchange: Exchange,
  actor: Actor,
  params: Input,
): Promise<unknown> {
  assertFits({ params: definition.params }, params, {});
  idempotencyKeyOf(exchange.request);
  const { file, fields } = await receiveForm(
    { ...deps, idleMs: deps.uploadIdleMs },
    exchange.request,
    definition.upload!,
  );
  try {
    assertFits(definition, params, fields);
    const options = repeatable(definition, exchange, params, fields, file);
    return await deps.call(definition, { ...params, ...fields, file } as never, actor, options);
  } catch (error) {
    // an owner that answers too late may still be reading it: then the sweeper removes what it leaves
    if (!isUnreachable(error)) await deps.store.remove(file.uploadKey);
    throw error;
  }
}

/** Path and query as text; a query that names a parameter of the path is an error, not an override. */
function paramsOf(definition: ActionDefinition, { query }: Exchange, pathParams: PathParams): Input {
  const given = readQuery(query);
  const errors = Object.keys(given)
    .filter((key) => key in pathParams || !(key in definition.params.shape))
    .map((path) => ({ path, code: 'UNKNOWN_FIELD', message: 'This field is not known here' }));
  if (errors.length) throw new InvalidInput(errors);
  return { ...given, ...pathParams };
}

/** Answers early what the owner of the action would refuse anyway; it checks again, because it cannot trust the bus. */
function assertFits({ params, body }: Pick<ActionDefinition, 'params' | 'body'>, given: Input, sent: Input): void {
  const wrong = [params.safeParse(given).error, (body ?? NO_BODY).safeParse(sent).error];
  const issues = wrong.flatMap((error) => error?.issues ?? []);
  if (issues.length) throw new InvalidInput(issues.flatMap(fieldErrors).slice(0, 100));
}

function withCookie(deps: GatewayDeps, definition: ActionDefinition, { request }: Exchange, sent: Input): Input {
  const fromCookie = refreshTokenOf(deps, request, definition);
  if (!('refreshToken' in sent)) return { ...sent, ...fromCookie };
  throw new InvalidInput([{ path: 'refreshToken', code: 'UNKNOWN_FIELD', message: 'This field is not known here' }]);
}

/**
 * The key of a repeated write with what makes it the same request. Log-ins and other public routes have no principal
 * to keep it for, and an answer with tokens must not be kept at all.
 */
function repeatable(
  definition: ActionDefinition,
  { request, path }: Exchange,
  params: Input,
  body: Input,
  file?: UploadedFile,
): { idempotency?: { key: string; requestHash: string } } {
  if (request.method === 'GET' || request.method === 'HEAD') return {};
  const key = idempotencyKeyOf(request);
  if (key === undefined || definition.session || definition.access === 'public') return {};
  return { idempotency: { key, requestHash: requestHash(request.method!, path, params, body, file?.sha256 ?? null) } };
}
