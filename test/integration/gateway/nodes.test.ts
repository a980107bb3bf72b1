import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ServiceBroker } from 'moleculer';
import { problemOf } from '../../../services/gateway/http/problem.ts';
import { AppError, invalidField, NotFound, RuleViolation } from '../../../shared/kernel/errors.ts';

const failures: Record<string, () => Error> = {
  rule: () => new RuleViolation('THING_LOCKED', 'The thing is locked'),
  missing: () => new NotFound('thing'),
  invalid: () => invalidField('lines.0', 'TOO_MANY', 'Too many'),
  full: () => new AppError(507, 'STORAGE_FULL', 'No room'),
  principal: () => new AppError(401, 'PRINCIPAL_INVALID', 'x'),
  bug: () => new Error('secret at /srv/x.ts'),
  lookalike: () => Object.assign(new Error('23505 secret'), { code: 409, type: 'UNIQUE' }),
};
const node = (nodeID: string) =>
  new ServiceBroker({
    nodeID,
    namespace: 'errors',
    logger: false,
    transporter: 'Fake',
    serializer: 'JSONExt',
    requestTimeout: 300,
  });
const near = node('near');
const far = node('far');

beforeAll(async () => {
  far.createService({
    name: 'far',
    actions: {
      fail: (ctx: { params: { how: string } }) => {
        throw failures[ctx.params.how]!();
      },
      hang: () => new Promise(() => undefined),
    },
  });
  await Promise.all([near.start(), far.start()]);
  await near.waitForServices('far');
});
afterAll(() => Promise.all([near.stop(), far.stop()]));

const problem = async (action: string, how?: string) => {
  const error: unknown = await near.call(action, { how }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).not.toBeInstanceOf(AppError);
  return problemOf(error);
};

test.each([
  ['rule', { status: 409, code: 'THING_LOCKED', detail: 'The thing is locked' }],
  ['missing', { status: 404, code: 'THING_NOT_FOUND', detail: 'There is no such thing' }],
  [
    'invalid',
    { status: 422, code: 'INVALID_INPUT', errors: [{ path: 'lines.0', code: 'TOO_MANY', message: 'Too many' }] },
  ],
  ['full', { status: 503, code: 'STORAGE_FULL', retryAfterS: 5 }],
  ['principal', { status: 500, code: 'INTERNAL_ERROR', detail: 'Something went wrong on our side' }],
  ['bug', { status: 500, code: 'INTERNAL_ERROR', detail: 'Something went wrong on our side' }],
  ['lookalike', { status: 500, code: 'INTERNAL_ERROR', detail: 'Something went wrong on our side' }],
])('an error of another node (%s) is told as what it is, though its class is lost', async (how, expected) => {
  expect(await problem('far.fail', how)).toMatchObject(expected);
});

test('a node that does not answer in time, and an action nobody has, are passing troubles', async () => {
  expect(await problem('far.hang')).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE', retryAfterS: 5 });
  expect(await problem('far.nothing')).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
});
