import { fileURLToPath } from 'node:url';
import { diskStore } from './disk-store.ts';
import type { ObjectStore } from './object-store.ts';
import type { S3Location } from './s3-store.ts';

const FORMS =
  'it must be file:///absolute/folder or s3://key:secret@host:port/bucket?region=eu-central-1&tls=false (encode special characters of the secret, for example / as %2F)';

/**
 * Opens the store that a URL names.
 * @param url  `file:///absolute/folder`, or `s3://key:secret@host:port/bucket` with `region` (default `us-east-1`) and
 *             `tls` (default `true`)
 * @throws Error  that says what is wrong, without repeating the secret
 */
export async function openObjectStore(url: string): Promise<ObjectStore> {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === 'file:' && /^file:\/\/\/[^/]/.test(url)) return diskStore(fileURLToPath(parsed));
  if (parsed?.protocol === 's3:') {
    const location = s3Location(parsed);
    const { s3Store } = await import('./s3-store.ts'); // the client alone costs a tenth of a second and 30 MB
    return s3Store(location);
  }
  throw new Error(`The URL of the object store is not understood: ${FORMS}`);
}

function s3Location(url: URL): S3Location {
  const bucket = url.pathname.replace(/^\/|\/$/g, '');
  const tls = url.searchParams.get('tls') ?? 'true';
  const unknown = [...url.searchParams.keys()].filter((name) => name !== 'region' && name !== 'tls');
  if (!url.host) throw problem('has no host');
  if (!url.username || !url.password) throw problem('has no key and secret');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw problem('does not name one valid bucket');
  if (tls !== 'true' && tls !== 'false') throw problem('says neither tls=true nor tls=false');
  if (unknown.length > 0) throw problem(`has the unknown option ${unknown[0]}`);
  return {
    endpoint: `${tls === 'true' ? 'https' : 'http'}://${url.host}`,
    region: url.searchParams.get('region') ?? 'us-east-1',
    bucket,
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
  };
}

const problem = (what: string): Error => new Error(`The URL of the object store ${what}: ${FORMS}`);
