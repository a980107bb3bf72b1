import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { defineAction, routePath } from '../../../shared/protocol/define.ts';
import { byId, fileAnswer, id, none } from '../../../shared/protocol/schemas.ts';

const download = {
  name: 'things.file',
  summary: 'x',
  rest: 'GET /things/{id}/{size}',
  access: ['worker'],
  params: z.strictObject({ id, size: z.string() }),
  output: fileAnswer,
  download: true,
  signed: true,
} as const;

test('only a download whose parameters all stand in the path can have signed links', () => {
  expect(defineAction(download).signed).toBe(true);
  const { download: _, ...answer } = download;
  expect(() => defineAction({ ...answer, output: none })).toThrow(/downloads only/);
  expect(() => defineAction({ ...download, rest: 'POST /things/{id}/{size}' })).toThrow(/downloads only/);
  const beside = { ...download, params: download.params.extend({ page: z.string().optional() }) };
  expect(() => defineAction(beside)).toThrow('things.file: the signature of a link does not cover page');
});

test('the path of an action has its parameters filled in', () => {
  expect(routePath(download, { id: 'a', size: 'b/c?' })).toBe('/api/v1/things/a/b%2Fc%3F');
  expect(() => routePath(download, { id: 'a' })).toThrow('things.file needs size for its path');
  expect(() => routePath({ name: 'x.y' }, byId)).toThrow('x.y has no route');
});
