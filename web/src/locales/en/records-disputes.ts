import type { TextsLike } from '../../app/i18n/texts.ts';
import type { recordsDisputes as german } from '../de/records-disputes.ts';

export const recordsDisputes: TextsLike<typeof german> = {
  title: 'What the merchant disputes',
  of: 'Dispute: {{name}}',
  open_one: '{{count}} piece is still to be settled.',
  open_other: '{{count}} pieces are still to be settled.',
  allSettled: 'Everything is settled.',
  whoMay: 'Team leads, finance and administration can settle it.',
  pieces_one: '{{count}} of {{of}} pieces',
  pieces_other: '{{count}} of {{of}} pieces',
  reasons: { missing: 'did not arrive', damaged: 'arrived damaged', wrong: 'wrong article' },
  said: 'The merchant writes: “{{note}}”',
  opened: 'Disputed',
  toReturn: 'Return {{number}} with all photos',
  isOpen: 'To be settled',
  outcomes: { found: 'Found', credited: 'Credited', rejected: 'Rejected' },
  means: {
    found: 'The goods are back, at the merchant’s or in the warehouse. Nothing is credited.',
    credited:
      'The merchant reads that the value will be credited. This does not settle any money yet; finance does that.',
    rejected: 'The merchant reads that the dispute is not accepted, with your reasons.',
  },
  how: 'How did it end?',
  answer: 'Answer to the merchant',
  answerHint: 'They read it with their batch.',
  settle: 'Settle',
  question: 'Settle the dispute “{{name}}” like this?',
  final: 'This cannot be undone.',
  last: 'This cannot be undone. It is the last open dispute: the batch is settled after it.',
  done: 'Dispute settled',
  answered: 'Answer to the merchant: {{note}}',
};
