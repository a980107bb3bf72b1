import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import type { ServiceBroker, ServiceSchema } from 'moleculer';
import { gatewayDeps, type GatewayDeps, type GatewayOptions } from '../../services/gateway/gateway.deps.ts';
import { gatewayService } from '../../services/gateway/gateway.service.ts';
import { AppError, NotFound, RuleViolation } from '../../shared/kernel/errors.ts';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import { signAccessToken } from '../../shared/moleculer/access-token.ts';
import { principalVerifier } from '../../shared/moleculer/principal.ts';
import { bind, toMoleculerAction, type BoundAction } from '../../shared/moleculer/actions.ts';
import { createBroker, stopBroker } from '../../shared/moleculer/broker.ts';
import { createCall } from '../../shared/moleculer/call.ts';
import type { Actor } from '../../shared/protocol/actor.ts';
import type { ActionDefinition, Role } from '../../shared/protocol/define.ts';
import { healthAction } from '../../shared/protocol/health.ts';
import { identityActions } from '../../shared/protocol/identity/actions.ts';
import { createLog } from '../../shared/runtime/log.ts';
import { createMetrics } from '../../shared/runtime/metrics.ts';
import { diskStore } from '../../shared/storage/disk-store.ts';
import type { ObjectStore } from '../../shared/storage/object-store.ts';
import { thingsActions } from './gateway-definitions.ts';

export interface Fakes {
  /** Every input that reached an action, with its actor. */
  seen: { action: string; input: Record<string, unknown>; actor: Actor }[];
  people: Map<string, { active: boolean; roles: Role[]; scope: 'staff' | string[] }>;
  apiKeys: Map<string, { id: string; roles: Role[]; scope: 'staff' | string[] }>;
  identityCalls: number;
  health: { postgres: boolean; nats: boolean | null; ok: boolean };
  /** Of the gateway's own process. */
  natsConnected: boolean | null;
}

export interface TestGateway {
  url: string;
  port: number;
  broker: ServiceBroker;
  store: ObjectStore;
  fakes: Fakes;
  deps: GatewayDeps;
  logLines: () => Record<string, unknown>[];
  accessKey: Uint8Array;
  linkKey: Uint8Array;
  principalKey: Uint8Array;
  /** A person with these roles and a token of theirs. */
  login: (roles: Role[], scope?: 'staff' | string[]) => Promise<{ userId: string; token: string }>;
  /** A request with a token, to a path below the base. */
  api: (token: string | undefined, path: string, init?: RequestInit) => Promise<Response>;
  post: (token: string | undefined, path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
  stop: () => Promise<void>;
}

export interface TestGatewayOptions extends GatewayOptions {
  config?: Partial<Parameters<typeof gatewayDeps>[0]['config']>;
  definitions?: readonly ActionDefinition[];
  extra?: BoundAction[];
}

/** A gateway on a broker of its own with a small fake product behind it. */
export async function startTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kontor-gateway-'));
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(...chunk.toString().split('\n').filter(Boolean));
      done();
    },
  });
  const log = createLog({ LOG_LEVEL: 'info', LOG_FORMAT: 'json' }, sink);
  const broker = createBroker({ nodeId: `test-${randomBytes(4).toString('hex')}`, natsUrl: undefined, log });
  const metrics = createMetrics();
  const keys = {
    accessToken: randomBytes(32),
    principal: randomBytes(32),
    link: randomBytes(32),
    vault: randomBytes(32),
  };
  const store = diskStore(folder);
  const platform = {
    config: {
      KONTOR_ZONE: 'Europe/Vienna',
      services: [],
      HOST: '127.0.0.1',
      PORT: 0,
      PUBLIC_URL: undefined,
      TRUST_PROXY: 'false' as const,
      CORS_ORIGINS: '',
      ...options.config,
    },
    keys,
    now: () => new Date(),
    log,
    metrics,
    store,
    broker,
    call: createCall(broker, keys.principal),
    natsConnected: () => fakes.natsConnected,
    scrape: () => metrics.registry.metrics(),
  };
  const fakes: Fakes = {
    seen: [],
    people: new Map(),
    apiKeys: new Map(),
    identityCalls: 0,
    health: { postgres: true, nats: null, ok: true },
    natsConnected: null,
  };
  const service = (name: string, actions: BoundAction[]): ServiceSchema => ({
    name,
    actions: Object.fromEntries(
      actions.map((action) => [
        action.definition.name.split('.')[1]!,
        toMoleculerAction(action, principalVerifier(keys.principal), metrics),
      ]),
    ),
  });
  broker.createService(service('identity', fakeIdentity(fakes)));
  broker.createService(service('things', [...fakeThings(fakes, store), fakeHealth(fakes)]));
  for (const [name, actions] of Map.groupBy(options.extra ?? [], ({ definition }) => definition.name.split('.')[0]!))
    broker.createService(service(name, actions));
  const definitions = options.definitions ?? [
    ...Object.values(thingsActions),
    ...(options.extra ?? []).map(({ definition }) => definition),
  ];
  const deps = gatewayDeps(platform, definitions as ActionDefinition[], { services: ['things'], ...options });
  broker.createService(gatewayService(deps));
  await broker.start();
  const { url } = broker.getLocalService('gateway') as unknown as { url: string };

  const api: TestGateway['api'] = (token, target, init = {}) =>
    fetch(`${url}/api/v1${target}`, {
      ...init,
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(init.headers as Record<string, string>) },
    });
  return {
    url,
    port: Number(new URL(url).port),
    broker,
    store,
    fakes,
    deps,
    accessKey: keys.accessToken,
    linkKey: keys.link,
    principalKey: keys.principal,
    logLines: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    login: async (roles, scope = 'staff') => {
      const userId = uuidv7(new Date());
      fakes.people.set(userId, { active: true, roles, scope });
      return { userId, token: await signAccessToken({ userId, sessionId: uuidv7(new Date()) }, keys.accessToken, 600) };
    },
    api,
    post: (token, target, body, headers = {}) =>
      api(token, target, {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    stop: async () => {
      await stopBroker(broker);
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Everything that lies in the store. */
export async function storedKeys(store: ObjectStore): Promise<string[]> {
  return (await Array.fromAsync(store.list(''))).map(({ key }) => key);
}

/** A busy machine may be silent for long before it answers; a server that never answers still ends the wait. */
const FIRST_BYTE_MS = 10_000;
/** An answer that has begun comes in one go, also where the connection stays open behind it. */
const SILENCE_MS = 1_000;

/** Writes bytes to the server and returns what comes back until it closes or falls silent. */
export function rawRequest(port: number, parts: (string | Buffer)[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    let answer = '';
    const end = () => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(FIRST_BYTE_MS, end);
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
      socket.setTimeout(SILENCE_MS);
    });
    socket.on('error', end);
    socket.on('close', end);
    socket.on('connect', () => parts.forEach((part) => socket.write(part)));
  });
}

function fakeIdentity(fakes: Fakes): BoundAction[] {
  const nobody = { active: false, roles: [], scope: [] as string[], displayName: '' };
  const { checkSession, checkApiKey } = identityActions;
  return bind(
    { checkSession, checkApiKey },
    {
      checkSession: async ({ userId }) => {
        fakes.identityCalls += 1;
        const person = fakes.people.get(userId);
        return person ? { ...person, displayName: 'Somebody' } : nobody;
      },
      checkApiKey: async ({ key }) => {
        fakes.identityCalls += 1;
        const found = fakes.apiKeys.get(key);
        return found ? { active: true, displayName: 'A key', ...found } : { ...nobody, id: null };
      },
    },
  );
}

function fakeThings(fakes: Fakes, store: ObjectStore): BoundAction[] {
  const note = (action: string) => async (given: unknown, actor: Actor) => {
    const input = given as Record<string, unknown>;
    fakes.seen.push({ action, input, actor });
    return { input, actor: { ...actor } };
  };
  const implemented = Object.fromEntries(Object.entries(thingsActions).filter(([name]) => name !== 'absent')) as Omit<
    typeof thingsActions,
    'absent'
  >;
  return bind(implemented, {
    listThings: async (input, actor) => {
      await note('listThings')(input, actor);
      return { items: [], nextCursor: null };
    },
    lookup: note('lookup'),
    getThing: async ({ id }, actor) => {
      if (actor.scope !== 'staff') throw new NotFound('thing');
      return { id, name: 'A thing', quantity: 1, version: 7 };
    },
    createThing: note('createThing'),
    changeThing: note('changeThing'),
    deleteThing: async () => ({}),
    bulk: async ({ rows }) => ({ rows: rows.length }),
    fail: async ({ how }) => fail(how),
    addPhoto: async (input, actor) => {
      if (input.note === 'refuse') throw new RuleViolation('PHOTO_REFUSED', 'No');
      await store.read(input.file.uploadKey);
      return note('addPhoto')(input, actor);
    },
    file: async ({ name, key }) => ({
      objectKey: key,
      contentType: 'application/pdf',
      filename: name,
      disposition: 'attachment' as const,
    }),
    ping: note('ping'),
    secret: async () => ({}),
    login: async ({ email, password }) => {
      if (password !== 'right') throw new AppError(401, 'LOGIN_FAILED', 'E-mail or password is wrong');
      return { accessToken: `for ${email}`, refreshToken: 'refresh-1' };
    },
    refresh: async ({ refreshToken }) => ({ accessToken: `by ${refreshToken}`, refreshToken: 'refresh-2' }),
    logout: async (input, actor) => {
      await note('logout')(input, actor);
      return {};
    },
  });
}

function fail(how: string): never {
  if (how === 'rule') throw new RuleViolation('THING_LOCKED', 'The thing is locked', { by: 'somebody' });
  if (how === 'bug') throw new Error('insert into secrets failed at /srv/app.ts:12');
  if (how === 'driver')
    throw Object.assign(new Error('duplicate key value violates unique constraint "x"'), { code: '23505' });
  if (how === 'odd') throw Object.assign(new Error('not one of ours'), { code: 418, type: 'odd', name: 'Odd' });
  throw Object.assign(new Error('too late'), { name: 'RequestTimeoutError', code: 504, type: 'REQUEST_TIMEOUT' });
}

function fakeHealth(fakes: Fakes): BoundAction {
  return {
    definition: healthAction('things'),
    handle: async () => ({
      service: 'things',
      nodeId: 'test',
      postgres: fakes.health.postgres,
      nats: fakes.health.nats,
      loops: [
        { name: 'things.work', ok: fakes.health.ok, lastRoundAt: null, lastError: fakes.health.ok ? null : 'broken' },
      ],
    }),
  };
}
