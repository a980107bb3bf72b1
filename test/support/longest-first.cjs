const { default: Sequencer } = require('@jest/test-sequencer');

/** A minute or more each. One that begins last is waited for with the other cores idle. */
const LONGEST = [
  'test/scenario/real-months.test.ts',
  'test/e2e/uploads.test.ts',
  'test/e2e/demo.test.ts',
  'test/e2e/bad-input.test.ts',
  'test/e2e/main-job.test.ts',
];

const rank = ({ path }) => {
  const index = LONGEST.findIndex((part) => path.includes(part));
  return index < 0 ? LONGEST.length : index;
};

/** The order of a first run, which knows no durations: the longest first, then by the size of the file. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
