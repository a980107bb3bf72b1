import { expect, test } from '@jest/globals';
import { sumUp, type PhaseResult, type SuiteResult } from '../../support/test-results.ts';

const suite = (status: string, tests: [title: string, status: string][], message = ''): SuiteResult => ({
  name: '/root/test/unit/a.test.ts',
  status,
  message,
  startTime: 0,
  endTime: 1500,
  assertionResults: tests.map(([title, outcome]) => ({
    title,
    fullName: `outer ${title}`,
    status: outcome,
    failureMessages: outcome === 'failed' ? [`${title} went wrong`] : [],
  })),
});
const phase = (code: number | string, ...suites: SuiteResult[]): PhaseResult => ({
  name: 'phase',
  code,
  output: { testResults: suites },
});
const totals = (...results: PhaseResult[]) => {
  const { passed, failed, skipped } = sumUp(results, '/root');
  return { passed, failed, skipped };
};

test.each<[string, PhaseResult[], { passed: number; failed: number; skipped: number }]>([
  ['nothing', [], { passed: 0, failed: 0, skipped: 0 }],
  [
    'passed, failed, skipped and todo tests',
    [
      phase(
        1,
        suite('failed', [
          ['a', 'passed'],
          ['b', 'failed'],
          ['c', 'pending'],
          ['d', 'todo'],
        ]),
      ),
    ],
    { passed: 1, failed: 1, skipped: 2 },
  ],
  [
    'the same tests in two phases',
    [phase(0, suite('passed', [['a', 'passed']])), phase(0, suite('passed', [['a', 'passed']]))],
    { passed: 2, failed: 0, skipped: 0 },
  ],
  [
    'a suite that could not be loaded',
    [phase(1, suite('failed', [], 'SyntaxError'))],
    { passed: 0, failed: 1, skipped: 0 },
  ],
  [
    'an error after the last test',
    [phase(1, suite('failed', [['a', 'passed']], 'afterAll'))],
    { passed: 1, failed: 1, skipped: 0 },
  ],
  [
    'a bad end without a failed test',
    [phase(1, suite('passed', [['a', 'passed']]))],
    { passed: 1, failed: 1, skipped: 0 },
  ],
  ['a killed process', [{ name: 'phase', code: 'SIGKILL' }], { passed: 0, failed: 1, skipped: 0 }],
  ['no result although all is said to be well', [{ name: 'phase', code: 0 }], { passed: 0, failed: 1, skipped: 0 }],
])('%s', (_name, results, expected) => expect(totals(...results)).toEqual(expected));

test('only passed titles count as proof, each once', () => {
  const results = [
    phase(
      1,
      suite('failed', [
        ['b', 'passed'],
        ['a', 'passed'],
        ['a', 'passed'],
        ['c', 'failed'],
      ]),
    ),
  ];
  expect(sumUp(results, '/root').titles).toEqual(['a', 'b']);
});

test('a failure names its phase, file, title and message', () =>
  expect(sumUp([phase(1, suite('failed', [['a', 'failed']]))], '/root').failures).toEqual([
    { phase: 'phase', file: 'test/unit/a.test.ts', title: 'outer a', message: 'a went wrong' },
  ]));
