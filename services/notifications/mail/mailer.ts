/** A complete mail with the addresses it goes by; the headers are for people, the envelope decides. */
export interface OutgoingMail {
  from: string;
  to: string;
  /** The mail as bytes, headers included. */
  source: Buffer;
  /** Where mails are files: the name of this one. */
  fileName: string;
}

export interface Mailer {
  /**
   * Hands a mail over.
   * @param leaving  aborted when the process ends: nothing is waited for from then on
   * @returns what the other side answered
   * @throws Unanswered when nobody knows whether the other side has it; whatever else `judgeFailure` can judge
   */
  send: (mail: OutgoingMail, leaving?: AbortSignal) => Promise<string>;
}
