import path from 'node:path';
import { z } from 'zod';
import { isLoopback } from './kernel/loopback.ts';

/** Every service of the product, in the order in which one process starts them. */
export const SERVICES = [
  'identity',
  'merchants',
  'orders',
  'returns',
  'billing',
  'notifications',
  'sync',
  'gateway',
] as const;
export type ServiceName = (typeof SERVICES)[number];

const url = (protocols: string[], example: string) =>
  z
    .string()
    .refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
      message: `must be a URL such as ${example}`,
    })
    .optional();
const whole = (from: number, to: number) =>
  z.coerce
    .number({ message: `must be a whole number from ${from} to ${to}` })
    .refine(
      (value) => Number.isInteger(value) && value >= from && value <= to,
      `must be a whole number from ${from} to ${to}`,
    );
const port = whole(0, 65_535);
const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { message: `must be one of ${values.join(', ')}` });

/** Good enough for mails that are files. */
const LOCAL_SENDER = 'Kontor <kontor@localhost>';

/** The environment, with the meaning of every variable. docs/operations.md prints the same list. */
const environment = z.object({
  KONTOR_DATA_DIR: z
    .string()
    .min(1)
    .default('.data')
    .describe('Folder of the embedded database, files, mails and secrets'),
  KONTOR_SERVICES: z
    .string()
    .optional()
    .describe('Comma-separated subset of services for this process; all without it'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address the gateway listens on'),
  PORT: port.default(4000).describe('Port of the gateway; 0 picks a free one'),
  HEALTH_PORT: port.optional().describe('Port of /health and /metrics in a process without gateway'),
  PUBLIC_URL: url(['http:', 'https:'], 'https://kontor.example.com').describe('Address in links of mails'),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgresql://user:password@host:5432/kontor').describe(
    'PostgreSQL 15 or newer; embedded without it',
  ),
  DATABASE_POOL_SIZE: whole(2, 200).default(8).describe('Connections per service and process'),
  NATS_URL: url(['nats:', 'tls:'], 'nats://user:password@host:4222').describe(
    'NATS server or cluster; a local nats-server or none without it',
  ),
  SMTP_URL: url(['smtp:', 'smtps:'], 'smtp://user:password@host:587').describe(
    'Mail server; without it mails are files in the data folder',
  ),
  KONTOR_BOUNCE_IMAP: url(['imap:', 'imaps:'], 'imaps://user:password@host/INBOX').describe(
    'Mailbox that reports about undelivered mails come to; they are not read without it',
  ),
  MAIL_FROM: z
    .string()
    .regex(/^([^<>@\r\n]+ <)?[^<>@\s]+@[^<>@\s]+>?$/, 'must be an address such as Kontor <kontor@example.com>')
    .default(LOCAL_SENDER)
    .describe('Sender of all mails; with SMTP_URL an address of your own'),
  STORAGE_URL: url(['file:', 's3:'], 'file:///var/lib/kontor/objects or s3://key:secret@host:9000/bucket').describe(
    'Object store; a folder in the data folder without it',
  ),
  KONTOR_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters; make one with: openssl rand -hex 32')
    .optional()
    .describe('Key of tokens and links, the same in every process; generated into the data folder without it'),
  KONTOR_ZONE: z
    .string()
    .default('Europe/Berlin')
    .refine(isZone, 'must be an IANA time zone such as Europe/Berlin')
    .describe('Zone of the warehouse and the issuer'),
  KONTOR_CLOCK: z.iso
    .datetime({ offset: true, message: 'must be an instant such as 2026-10-16T05:00:00Z' })
    .optional()
    .describe('Business time at start, for tests and demonstrations; the system clock without it'),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('Verbosity of the log'),
  LOG_FORMAT: oneOf(['json', 'pretty']).default('json').describe('Form of the log'),
  WEBHOOK_ALLOW_PRIVATE: oneOf(['true', 'false'])
    .default('false')
    .describe('Let webhooks reach private addresses; for tests only'),
  VAT_REGISTER_URL: url(['https:', 'http:'], 'https://ec.europa.eu/taxation_customs/vies/rest-api').describe(
    'Register that confirms VAT ids (REST interface of VIES); none is asked without it',
  ),
  VAT_REGISTER_REQUESTER: z
    .string()
    .regex(/^[A-Z]{2}[A-Z0-9+*]{2,12}$/, 'must be a VAT id such as DE136695976')
    .optional()
    .describe('Own VAT id, for confirmations that bear a consultation number'),
  TRUST_PROXY: oneOf(['true', 'false'])
    .default('false')
    .describe('Take the client address from X-Forwarded-For of the proxy in front'),
  CORS_ORIGINS: z
    .string()
    .refine((list) => list.split(',').filter(Boolean).every(isOrigin), {
      message: 'must be origins such as https://shop.example.com, separated by commas, without paths',
    })
    .default('')
    .describe('Comma-separated origins that may call the API from a browser'),
});

export type Environment = z.output<typeof environment>;

/** The environment in the form the code uses. */
export interface Config extends Environment {
  dataDir: string;
  services: ServiceName[];
}

/**
 * Reads and checks the environment once.
 * @throws Error whose message lists every wrong variable and what to do
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env, workingDir = process.cwd()): Config {
  // an empty variable means unset, as compose files write it
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  // no server outside takes mails of `localhost`, and none could come back; one on this machine may be a catcher
  const smtpHost = URL.parse(given['SMTP_URL'] ?? '')?.hostname.replace(/^\[|\]$/g, '');
  if (smtpHost && !isLoopback(smtpHost) && /@localhost>?$/i.test(given['MAIL_FROM'] ?? LOCAL_SENDER))
    problems.push(
      'MAIL_FROM must be an address of your own such as Kontor <kontor@example.com> where SMTP_URL is set: other mail servers refuse mails of localhost',
    );
  const services = selectServices(given['KONTOR_SERVICES'], problems);
  if (!parsed.success || problems.length)
    throw new Error(
      `The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}\nSee the configuration table in README.md.`,
    );
  return { ...parsed.data, dataDir: path.resolve(workingDir, parsed.data.KONTOR_DATA_DIR), services };
}

/** Name, meaning and default of every variable, for the reference. */
export function describeConfig(): { name: string; description: string; fallback: string }[] {
  return Object.entries(environment.shape).map(([name, schema]) => ({
    name,
    description: schema.description ?? '',
    fallback: schema instanceof z.ZodDefault ? String(schema.def.defaultValue) : '',
  }));
}

function selectServices(list: string | undefined, problems: string[]): ServiceName[] {
  if (list === undefined) return [...SERVICES];
  const names = list
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const unknown = names.filter((name) => !(SERVICES as readonly string[]).includes(name));
  if (unknown.length || !names.length)
    problems.push(
      `KONTOR_SERVICES must be a comma-separated list of ${SERVICES.join(', ')}${unknown.length ? `, not ${unknown.join(', ')}` : ''}`,
    );
  return SERVICES.filter((name) => names.includes(name));
}

const isOrigin = (text: string): boolean => URL.canParse(text.trim()) && new URL(text.trim()).origin === text.trim();

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}
