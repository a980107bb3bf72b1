import { cut } from '../kernel/cut.ts';
import type { ActionSchema, Context } from 'moleculer';
import { z } from 'zod';
import { AppError, InvalidInput } from '../kernel/errors.ts';
import type { Actor } from '../protocol/actor.ts';
import { routePath, type ActionDefinition, type InputOf } from '../protocol/define.ts';
import { inRequest } from '../runtime/request-context.ts';
import type { Metrics } from '../runtime/metrics.ts';
import type { CallMeta } from './call.ts';
import type { Principal } from './principal.ts';
import { isRepeated } from './repeated.ts';

/** One handler per definition of a list; a missing or superfluous one does not compile. */
export type Handlers<Definitions extends Record<string, ActionDefinition>> = {
  [Name in keyof Definitions]: (
    input: InputOf<Definitions[Name]>,
    actor: Actor,
  ) => Promise<z.input<Definitions[Name]['output']>>;
};

export interface BoundAction {
  definition: ActionDefinition;
  handle: (input: never, actor: Actor) => Promise<unknown>;
}

/** Binds the use cases of a service to its list in `shared/protocol`. */
export function bind<Definitions extends Record<string, ActionDefinition>>(
  definitions: Definitions,
  handlers: Handlers<Definitions>,
): BoundAction[] {
  return Object.entries(definitions).map(([name, definition]) => ({
    definition,
    handle: handlers[name]! as BoundAction['handle'],
  }));
}

/**
 * The action as the broker knows it: the principal is verified, the access decided and the input validated again,
 * because the gateway is not the only one on the bus; the output is cut to its schema, so that nothing undeclared
 * leaves the service.
 */
export function toMoleculerAction(
  { definition, handle }: BoundAction,
  verifyPrincipal: (token: unknown) => Promise<Principal>,
  metrics: Metrics,
): ActionSchema {
  return {
    visibility: 'published',
    handler: async (ctx: Context<Record<string, unknown>, CallMeta>) => {
      const actor = await actorOf(ctx.meta, definition, verifyPrincipal);
      return inRequest(actor.requestId, async () => {
        const end = metrics.actionSeconds.startTimer({ action: definition.name });
        try {
          assertAccess(definition, actor);
          const input = parseInput(definition, ctx.params);
          assertLinkedTo(definition, input, actor);
          const answer = await handle(input as never, actor);
          // travels back to the caller, over the bus too
          if (isRepeated(answer)) ctx.meta.repeated = true;
          end({ outcome: 'ok' });
          return definition.output.parse(answer);
        } catch (error) {
          end({ outcome: error instanceof AppError ? error.type : 'error' });
          throw error;
        }
      });
    },
  };
}

/**
 * Checks an input against the parameters and the body of a definition.
 * @throws InvalidInput with the path of every wrong field
 */
export function parseInput(definition: ActionDefinition, input: Record<string, unknown>): Record<string, unknown> {
  const isParam = (key: string) => key in definition.params.shape;
  const pick = (keep: (key: string) => boolean) =>
    Object.fromEntries(Object.entries(input).filter(([key]) => keep(key)));
  const params = definition.params.safeParse(pick(isParam));
  const body = (definition.body ?? EMPTY).safeParse(
    pick((key) => !isParam(key) && !(definition.upload && key === 'file')),
  );
  const issues = [...(params.error?.issues ?? []), ...(body.error?.issues ?? [])];
  if (issues.length || !params.success || !body.success) throw new InvalidInput(issues.flatMap(fieldErrors));
  return { ...params.data, ...body.data, ...(definition.upload ? { file: input['file'] } : {}) };
}

const EMPTY = z.strictObject({});
/** Of an unknown field; what is longer is cut off in the answer. */
const LONGEST_NAME = 64;

/** Zod's issues in the form of api.md; an unknown key is an error at its own path, and a check of ours names its code in `params`. */
export function fieldErrors(issue: z.core.$ZodIssue): { path: string; code: string; message: string }[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, cut(key, LONGEST_NAME)].join('.'),
      code: 'UNKNOWN_FIELD',
      message: 'This field is not known here',
    }));
  const own = issue.code === 'custom' ? issue.params?.['code'] : undefined;
  return [
    { path: path.join('.'), code: typeof own === 'string' ? own : issue.code.toUpperCase(), message: issue.message },
  ];
}

async function actorOf(
  meta: CallMeta,
  definition: ActionDefinition,
  verifyPrincipal: (token: unknown) => Promise<Principal>,
): Promise<Actor> {
  const principal = await verifyPrincipal(meta.principal);
  return {
    ...principal,
    requestId: String(meta.requestId ?? '').slice(0, 100),
    ...(meta.ifMatch === undefined ? {} : { ifMatch: meta.ifMatch }),
    ...(meta.idempotency ? { idempotency: { ...meta.idempotency, action: definition.name } } : {}),
  };
}

/** @throws AppError 401 or 403 */
export function assertAccess(
  { name, access, signed }: Pick<ActionDefinition, 'name' | 'access' | 'signed'>,
  actor: Actor,
): void {
  if (actor.kind === 'link' && !signed) throw linkRefused();
  if (actor.kind === 'link') return;
  if (access === 'public' || actor.kind === 'service') return;
  if (access === 'internal') throw new AppError(403, 'INTERNAL_ACTION', `${name} is for services only`);
  if (actor.kind === 'anonymous') throw new AppError(401, 'NOT_LOGGED_IN', 'Log in first');
  if (!actor.roles.some((role) => access.includes(role)))
    throw new AppError(403, 'ROLE_NOT_ALLOWED', 'Your role does not allow this');
}

/** A link is good for one path; the owner checks it too, because not only the gateway is on the bus. */
function assertLinkedTo(definition: ActionDefinition, input: object, actor: Actor): void {
  if (actor.kind === 'link' && routePath(definition, input) !== actor.id) throw linkRefused();
}

const linkRefused = (): AppError => new AppError(403, 'LINK_INVALID', 'This link is not valid');
