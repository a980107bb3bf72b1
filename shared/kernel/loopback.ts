const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const LOOPBACK = new RegExp(String.raw`^(?:localhost|::1|127(?:\.${OCTET}){3})$`);

/** Whether a host is this machine itself. @param host  a name or an address, IPv6 without brackets */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);
