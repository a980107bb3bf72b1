import { isIP } from 'node:net';

/** Whether a host is this machine itself. @param host  a name or an address, IPv6 without brackets */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
