import { BlockList, isIP } from 'node:net';

/**
 * `public`: an address of the open internet. `private`: this machine or a network of the house. `refused`: anything
 * that is no destination for a message, such as the metadata service of a cloud (169.254.169.254).
 */
export type AddressClass = 'public' | 'private' | 'refused';

/** Loopback and private networks (RFC 1918, RFC 6598, RFC 4193). */
const PRIVATE = blockList(
  ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'],
  ['::1/128', 'fc00::/7'],
);
/** The special-purpose registries of IANA (RFC 6890), without what is private. */
const REFUSED = blockList(
  [
    ...['0.0.0.0/8', '169.254.0.0/16', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '198.18.0.0/15'],
    ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ],
  // 2001::/23 holds Teredo, 2002::/16 is 6to4: both carry an IPv4 address that could be anything
  ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'],
);
const GLOBAL_IPV6 = blockList([], ['2000::/3']);

/**
 * Where an address lies. IPv6 counts as public only inside the global unicast range, which leaves out mapped and
 * translated IPv4 addresses (`::ffff:127.0.0.1`, `64:ff9b::`) altogether.
 */
export function addressClass(address: string): AddressClass {
  const family = isIP(address);
  if (family === 0) return 'refused';
  const type = family === 4 ? 'ipv4' : 'ipv6';
  if (family === 6 && isMapped(address)) return 'refused';
  if (PRIVATE.check(address, type)) return 'private';
  if (REFUSED.check(address, type)) return 'refused';
  return family === 4 || GLOBAL_IPV6.check(address, 'ipv6') ? 'public' : 'refused';
}

const MAPPED = blockList([], ['::ffff:0:0/96']);
const isMapped = (address: string): boolean => address.includes('.') || MAPPED.check(address, 'ipv6');

function blockList(ipv4: readonly string[], ipv6: readonly string[]): BlockList {
  const list = new BlockList();
  const add = (subnet: string, type: 'ipv4' | 'ipv6') => {
    const [network, bits] = subnet.split('/');
    list.addSubnet(network!, Number(bits), type);
  };
  for (const subnet of ipv4) add(subnet, 'ipv4');
  for (const subnet of ipv6) add(subnet, 'ipv6');
  return list;
}
