/** A mail of the mailbox that nobody has settled yet. */
export interface WaitingMail {
  uid: number;
  /** Its first bytes: a report and the head of what came back stand in them, however large the mail is. */
  source: Buffer;
}

/** `done` is not offered again, `left` is none of ours and stays as it is, `later` comes again. */
export type Settled = 'done' | 'left' | 'later';

/** Where mail servers send back what they could not deliver after they had taken it. */
export interface BounceMailbox {
  /** Some mails that wait, the oldest first and those of `later` last; empty when there are no others. @throws Error that names no secret */
  waiting: () => Promise<WaitingMail[]>;
  /** What became of them. A mail whose settling got lost is offered again. */
  settle: (settled: ReadonlyMap<number, Settled>) => Promise<void>;
}
