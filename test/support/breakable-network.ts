import net from 'node:net';

/** A wire between two, such as a browser and the product or a service and its database, that can be cut. */
export interface BreakableNetwork {
  /** The URL of the far end, by way of the wire. */
  url: string;
  /** Cuts every connection and takes no new one. */
  cut: () => Promise<void>;
  mend: () => Promise<void>;
  close: () => Promise<void>;
}

export async function breakableNetwork(target: string): Promise<BreakableNetwork> {
  const { hostname, port: targetPort } = new URL(target);
  const sockets = new Set<net.Socket>();
  const track = (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    return socket;
  };
  const server = net.createServer((incoming) => {
    const outgoing = track(net.connect(Number(targetPort), hostname));
    track(incoming).pipe(outgoing).pipe(incoming);
    incoming.on('close', () => outgoing.destroy());
    outgoing.on('close', () => incoming.destroy());
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const cut = () =>
    new Promise<void>((resolve) => {
      if (!server.listening) return resolve();
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  await listen(0);
  const { port } = server.address() as net.AddressInfo;
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return { url: url.href.replace(/\/$/, ''), cut, mend: () => listen(port), close: cut };
}
