import net from 'node:net';

export interface StoredMail {
  uid: number;
  source: Buffer;
  flags: Set<string>;
}

/** What the server does from now on. */
export type ImapBehaviour = 'answer' | 'drip' | 'dropAtSearch' | 'dropAtStore' | 'refuseSearch' | 'refuseStore';

/** As much of an IMAP server (RFC 3501) on loopback as a mailbox for bounces asks of one. */
export interface ImapServer {
  /** With user and password. */
  url: string;
  mails: StoredMail[];
  behaviour: ImapBehaviour;
  /** Without it no flags of one's own can be kept. */
  keepsKeywords: boolean;
  /** It hands out none of these mails. */
  refuseFetch: Set<number>;
  /** The folder was made anew: uids mean other mails than before. */
  newValidity: () => void;
  validity: number;
  /** Every command that came, without the words of a log-in. */
  commands: string[];
  deliver: (source: string | Buffer) => StoredMail;
  close: () => Promise<void>;
}

const USER = 'bounces@fulfiller.example';
export const IMAP_PASSWORD = 's:ecret/%';
type Say = (line: string | Buffer) => void;

export async function startImapServer(): Promise<ImapServer> {
  const sockets = new Set<net.Socket>();
  const listener = net.createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    talk(server, socket);
  });
  const server: ImapServer = {
    ...{ url: '', mails: [], behaviour: 'answer', keepsKeywords: true, commands: [] },
    ...{ refuseFetch: new Set<number>(), validity: 7 },
    newValidity: () => void (server.validity += 1),
    deliver: (source) => {
      const bytes = Buffer.from(String(source).replaceAll(/\r?\n/g, '\r\n'));
      const mail = { uid: server.mails.length + 1, source: bytes, flags: new Set<string>() };
      server.mails.push(mail);
      return mail;
    },
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      return new Promise((resolve) => listener.close(() => resolve()));
    },
  };
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as net.AddressInfo;
  server.url = `imap://${encodeURIComponent(USER)}:${encodeURIComponent(IMAP_PASSWORD)}@127.0.0.1:${port}/INBOX`;
  return server;
}

function talk(server: ImapServer, socket: net.Socket): void {
  const say: Say = (line) =>
    void (socket.writable && socket.write(Buffer.concat([Buffer.from(line), Buffer.from('\r\n')])));
  if (server.behaviour === 'drip') {
    const drip = setInterval(() => socket.write('* OK still here\r\n'), 20);
    socket.on('close', () => clearInterval(drip));
    return;
  }
  say('* OK [CAPABILITY IMAP4rev1] ready');
  let pending = '';
  socket.on('data', (chunk) => {
    const lines = (pending + chunk.toString('latin1')).split('\r\n');
    pending = lines.pop()!;
    for (const line of lines) if (line) answer(server, socket, say, line);
  });
}

function answer(server: ImapServer, socket: net.Socket, say: Say, line: string): void {
  const [, tag, command, rest = ''] = /^(\S+) ((?:UID )?\S+) ?(.*)$/.exec(line)!;
  const name = command!.toUpperCase();
  server.commands.push(name === 'LOGIN' ? name : `${name} ${rest}`);
  if (server.behaviour === 'dropAtSearch' && name === 'UID SEARCH') return void socket.destroy();
  if (server.behaviour === 'dropAtStore' && name === 'UID STORE') return void socket.destroy();
  const isRefused = `refuse${name.slice(4)}`.toLowerCase() === server.behaviour.toLowerCase();
  const refusal = isRefused ? 'NO not today' : ANSWERS[name]?.(server, rest, say);
  if (name in ANSWERS) say(`${tag} ${refusal ?? 'OK done'}`);
  else say(`${tag} BAD unknown command`);
  if (name === 'LOGOUT') socket.end();
}

const ANSWERS: Record<string, (server: ImapServer, rest: string, say: Say) => string | void> = {
  CAPABILITY: (_server, _rest, say) => say('* CAPABILITY IMAP4rev1'),
  LOGIN: (_server, rest) =>
    rest.includes(`"${IMAP_PASSWORD}"`) || rest.endsWith(` ${IMAP_PASSWORD}`)
      ? undefined
      : 'NO [AUTHENTICATIONFAILED] Wrong password',
  LIST: (_server, _rest, say) => say('* LIST (\\HasNoChildren) "/" INBOX'),
  LSUB: () => undefined,
  NOOP: () => undefined,
  SELECT: ({ mails, keepsKeywords, validity }, _rest, say) => {
    say(`* FLAGS (\\Seen \\Flagged)`);
    say(`* OK [PERMANENTFLAGS (\\Seen \\Flagged${keepsKeywords ? ' \\*' : ''})] ok`);
    say(`* ${mails.length} EXISTS`);
    say(`* OK [UIDVALIDITY ${validity}] ok`);
    say(`* OK [UIDNEXT ${mails.length + 1}] ok`);
    return 'OK [READ-WRITE] done';
  },
  'UID SEARCH': ({ mails }, rest, say) => {
    const flag = rest.includes('UNSEEN') ? '\\Seen' : /UNKEYWORD (\S+)/.exec(rest)?.[1];
    const found = mails.filter(({ flags }) => flag === undefined || !flags.has(flag));
    say(`* SEARCH ${found.map(({ uid }) => uid).join(' ')}`.trimEnd());
  },
  'UID FETCH': ({ mails, refuseFetch }, rest, say) => {
    const uid = Number(rest.split(' ')[0]);
    if (refuseFetch.has(uid)) return 'NO this one is damaged';
    const most = Number(/BODY\.PEEK\[\]<0\.(\d+)>/.exec(rest)![1]);
    const index = mails.findIndex((mail) => mail.uid === uid);
    if (index < 0) return;
    const part = mails[index]!.source.subarray(0, most);
    say(
      Buffer.concat([
        Buffer.from(`* ${index + 1} FETCH (UID ${uid} BODY[]<0> {${part.length}}\r\n`),
        part,
        Buffer.from(')'),
      ]),
    );
  },
  'UID STORE': ({ mails }, rest) => {
    const [, set, flags] = /^(\S+) \+FLAGS(?:\.SILENT)? \((.*)\)$/.exec(rest)!;
    for (const uid of uidsIn(set!)) flags!.split(' ').forEach((flag) => mails[uid - 1]!.flags.add(flag));
  },
  CLOSE: () => undefined,
  LOGOUT: (_server, _rest, say) => say('* BYE bye'),
};

const uidsIn = (set: string): number[] =>
  set.split(',').flatMap((range) => {
    const [from, to = from] = range.split(':').map(Number);
    return Array.from({ length: to! - from! + 1 }, (_, index) => from! + index);
  });
