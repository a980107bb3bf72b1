import type { z } from 'zod';
import type { billingActions } from '../../../../shared/protocol/billing/actions.ts';
import type { ActionDefinition, UploadRule } from '../../../../shared/protocol/define.ts';
import type { identityActions } from '../../../../shared/protocol/identity/actions.ts';
import type { merchantsActions } from '../../../../shared/protocol/merchants/actions.ts';
import type { notificationsActions } from '../../../../shared/protocol/notifications/actions.ts';
import type { ordersActions } from '../../../../shared/protocol/orders/actions.ts';
import type { returnsActions } from '../../../../shared/protocol/returns/actions.ts';
import type { syncActions } from '../../../../shared/protocol/sync/actions.ts';

type ValuesOf<T> = T[keyof T];
type Action =
  | ValuesOf<typeof identityActions>
  | ValuesOf<typeof merchantsActions>
  | ValuesOf<typeof ordersActions>
  | ValuesOf<typeof returnsActions>
  | ValuesOf<typeof billingActions>
  | ValuesOf<typeof notificationsActions>
  | ValuesOf<typeof syncActions>;
type Routed = Extract<Action, { rest: string }>;
type Contract = { [A in Routed as A['rest']]: A };

/** `GET /returns/{id}`: every route of the API, as its definition writes it. Only types come from the server. */
export type Route = keyof Contract & string;
export type GetRoute = Extract<Route, `GET ${string}`>;
/** Routes that take a file. */
export type UploadRoute = { [R in Route]: Contract[R] extends { upload: UploadRule } ? R : never }[Route];
/** Routes that answer with a file. */
export type FileRoute = { [R in Route]: Contract[R] extends { download: true } ? R : never }[Route];
/** Lists with keyset paging. */
export type ListRoute = {
  [R in GetRoute]: Output<R> extends { items: unknown[]; nextCursor: string | null } ? R : never;
}[GetRoute];

/** What the route takes: parameters of path and query, and the fields of the body, in one object. */
export type Input<R extends Route> = Simplify<ParamsOf<Contract[R]> & BodyOf<Contract[R]>>;
/** What the route answers; instants are ISO strings. */
export type Output<R extends Route> = Contract[R] extends { output: infer O extends z.ZodType } ? z.output<O> : never;
export type ItemOf<R extends ListRoute> = Output<R> extends { items: (infer Item)[] } ? Item : never;
/** Everything of a list's input that narrows it down. */
export type Filters<R extends ListRoute> = Omit<Input<R>, 'limit' | 'cursor'>;
/** The input may be left out when every field of it may. */
export type InputArgument<R extends Route> = object extends Input<R> ? [input?: Input<R>] : [input: Input<R>];

type ParamsOf<A> = A extends { params: infer P extends z.ZodObject } ? Sent<P> : unknown;
type BodyOf<A> = A extends { body: infer B extends z.ZodObject } ? Sent<B> : unknown;
/** An empty schema reads as `Record<string, never>`, which would forbid everything else. */
type Sent<S extends z.ZodObject> = keyof S['shape'] extends never
  ? unknown
  : { [K in keyof z.input<S>]: unknown extends z.input<S>[K] ? OutputAt<S, K> : z.input<S>[K] };
/** Coerced parameters take anything; what they become says what is meant. */
type OutputAt<S extends z.ZodObject, K> = K extends keyof z.output<S> ? z.output<S>[K] : never;
type Simplify<T> = { [K in keyof T]: T[K] };

/** Only to make sure, while compiling, that the definitions are what the types above expect. */
export type Checked = Routed extends ActionDefinition ? true : never;
