import net from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  from: string;
  to: string[];
  source: Buffer;
  parsed: ParsedMail;
}

/** What the server does with the next connections; `accept` when nothing is scripted. */
export type Behaviour =
  | 'accept'
  /** Takes the whole mail, then cuts the connection before its answer. */
  | 'dropAfterData'
  /** Takes the whole mail and says so late, or never. */
  | { acceptsAfter: Promise<unknown> }
  | { at: 'MAIL FROM' | 'RCPT TO' | 'DATA'; code: number };

export interface SmtpSink {
  url: string;
  port: number;
  /** Everything whose content arrived, also when the answer was no or none. */
  mails: ReceivedMail[];
  /** Taken one by one, one for each mail that is begun. */
  script: Behaviour[];
  close: () => Promise<void>;
}

/** A real mail server on loopback whose answers are scripted. */
export async function startSmtpSink({ port = 0, user = '' } = {}): Promise<SmtpSink> {
  const sink: SmtpSink = { url: '', port: 0, mails: [], script: [], close: () => Promise.resolve() };
  const chosen = new Map<string, Behaviour>();
  const sockets = new Map<number | undefined, net.Socket>();
  const answer = (id: string, at: string): Error | null => {
    const behaviour = chosen.get(id);
    return typeof behaviour === 'object' && 'at' in behaviour && behaviour.at === at
      ? Object.assign(new Error('Scripted answer'), { responseCode: behaviour.code })
      : null;
  };
  const server = new SMTPServer({
    authOptional: !user,
    disabledCommands: user ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === user && password === 's:ecret/%'
        ? done(null, { user: username })
        : done(Object.assign(new Error('Wrong password'), { responseCode: 535 })),
    onMailFrom: (_address, { id }, done) => {
      chosen.set(id, sink.script.shift() ?? 'accept');
      done(answer(id, 'MAIL FROM'));
    },
    onRcptTo: (_address, { id }, done) => done(answer(id, 'RCPT TO')),
    onData: (stream, { id, envelope, remotePort }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const source = Buffer.concat(chunks);
        void simpleParser(source).then((parsed) => {
          const from = envelope.mailFrom ? envelope.mailFrom.address : '';
          sink.mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), source, parsed });
          const behaviour = chosen.get(id);
          if (behaviour === 'dropAfterData') return void sockets.get(remotePort)?.destroy();
          if (typeof behaviour === 'object' && 'acceptsAfter' in behaviour)
            return void behaviour.acceptsAfter.then(() => done());
          done(answer(id, 'DATA'));
        });
      });
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: net.Socket) => {
    socket.setNoDelay(true);
    const { remotePort } = socket;
    sockets.set(remotePort, socket);
    socket.on('close', () => sockets.delete(remotePort));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  sink.port = (server.server.address() as net.AddressInfo).port;
  sink.url = `smtp://127.0.0.1:${sink.port}`;
  sink.close = () => new Promise((resolve) => server.close(() => resolve()));
  return sink;
}

/** A server that greets and then sends a byte now and then, so that no idle timeout ever strikes. */
export async function startDrippingServer(everyMs: number): Promise<{ url: string; close: () => Promise<void> }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    const drip = setInterval(() => socket.write('2'), everyMs);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(drip);
      sockets.delete(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
