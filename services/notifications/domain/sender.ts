/** Who all mails come from. */
export interface Sender {
  name: string;
  address: string;
}

/** As the schema of addresses, and the domain may be a single name such as localhost. */
const ADDRESS = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/;
// eslint-disable-next-line no-control-regex
const NAME = /^[^\u0000-\u001F\u007F]{1,120}$/;

/**
 * Reads MAIL_FROM.
 * @param text  `Name <address>`, `"Name" <address>` or a plain address, which then is the name too
 * @throws Error that says what to write
 */
export function readSender(text: string): Sender {
  const [, given = '', bracketed] = /^"?([^"<>]*?)"?\s*<([^<>]+)>$/.exec(text.trim()) ?? [];
  const address = bracketed ?? text.trim();
  const name = given.trim() || address;
  if (address.length > 254 || !ADDRESS.test(address) || !NAME.test(name))
    throw new Error('MAIL_FROM must be one address such as Kontor <kontor@example.com>');
  return { name, address };
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
