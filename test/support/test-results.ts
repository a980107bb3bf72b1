import path from 'node:path';

/** What one jest process left behind; `output` as its `--json` writes it, absent when it wrote none. */
export interface PhaseResult {
  name: string;
  /** Exit code, or the signal that ended it. */
  code: number | string;
  output?: { testResults: SuiteResult[] } | undefined;
}

export interface SuiteResult {
  name: string;
  status: string;
  message: string;
  startTime: number;
  endTime: number;
  assertionResults: { title: string; fullName: string; status: string; failureMessages: string[] }[];
}

export interface Failure {
  phase: string;
  file: string;
  title: string;
  message: string;
}

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
  failures: Failure[];
  skippedTitles: string[];
  /** Titles of passed tests, sorted, each once. */
  titles: string[];
  slowest: { file: string; seconds: number }[];
}

type Suite = SuiteResult & { phase: string; file: string };
type Test = SuiteResult['assertionResults'][number] & { phase: string; file: string };

/**
 * Adds up the results of several jest processes. A suite that could not run, or fails outside its tests, counts as
 * one failed test; so does a process that ended badly although nothing in it failed, and one without a result.
 * @param root  folder that file names are shown relative to
 */
export function sumUp(results: readonly PhaseResult[], root: string): Totals {
  const suites = results.flatMap(({ name, output }) =>
    (output?.testResults ?? []).map((suite): Suite => ({
      ...suite,
      phase: name,
      file: path.relative(root, suite.name),
    })),
  );
  const tests = suites.flatMap(({ phase, file, assertionResults }) =>
    assertionResults.map((test): Test => ({ ...test, phase, file })),
  );
  const passed = tests.filter(({ status }) => status === 'passed');
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
  const failures = [
    ...tests.filter(({ status }) => status === 'failed').map(failedTest),
    ...suites.filter(failedAsSuite).map(failedSuite),
  ];
  failures.push(...results.filter((result) => failedSilently(result, failures)).map(failedPhase));
  return {
    passed: passed.length,
    failed: failures.length,
    skipped: skipped.length,
    failures,
    skippedTitles: skipped.map(({ file, fullName }) => `${file}: ${fullName}`),
    titles: [...new Set(passed.map(({ title }) => title))].sort(),
    slowest: suites
      .map(({ file, startTime, endTime }) => ({ file, seconds: (endTime - startTime) / 1000 }))
      .sort((a, b) => b.seconds - a.seconds)
      .slice(0, 5),
  };
}

const failedAsSuite = ({ status, assertionResults }: Suite): boolean =>
  status === 'failed' && !assertionResults.some((test) => test.status === 'failed');

const failedSilently = ({ name, code, output }: PhaseResult, failures: Failure[]): boolean =>
  (code !== 0 || output === undefined) && !failures.some(({ phase }) => phase === name);

const failedTest = ({ phase, file, fullName, failureMessages }: Test): Failure => ({
  phase,
  file,
  title: fullName,
  message: shortened(failureMessages.join('\n')),
});

const failedSuite = ({ phase, file, message }: Suite): Failure => ({
  phase,
  file,
  title: 'The suite failed outside its tests',
  message: shortened(message),
});

const failedPhase = ({ name, code }: PhaseResult): Failure => ({
  phase: name,
  file: 'jest',
  title: `The process ended with ${code}`,
  message: 'See its output above.',
});

/** Enough of a message to understand it, without the runner's own frames; the whole of it stands where the test ran. */
const shortened = (message: string): string =>
  message
    .split('\n')
    .filter((line) => !/^\s+at .*node_modules\/jest-/.test(line))
    .slice(0, 25)
    .join('\n');
