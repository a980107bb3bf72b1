/** Every action of the service; the gateway makes routes, authentication and the reference from this list. */
export const identityActions = {};
