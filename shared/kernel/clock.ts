/** Business time. Passed in everywhere, so that tests and the demo can move it. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
