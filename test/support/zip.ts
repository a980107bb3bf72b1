/** A file in an archive, by its central directory. */
export interface ZipEntry {
  name: string;
  bytes: Buffer;
  /** As MS-DOS writes it: no zone. */
  day: string;
  /** Further fields, such as times with a zone. */
  extra: number;
}

/** Reads an archive without compression. @throws Error for one that is not whole */
export function readZip(file: Buffer): ZipEntry[] {
  const end = file.lastIndexOf(Buffer.from('504b0506', 'hex'));
  if (end < 0) throw new Error('There is no end of a central directory');
  let at = file.readUInt32LE(end + 16);
  return Array.from({ length: file.readUInt16LE(end + 10) }, () => {
    if (file.readUInt32LE(at) !== 0x02014b50) throw new Error(`There is no entry at ${at}`);
    const [method, date] = [file.readUInt16LE(at + 10), file.readUInt16LE(at + 14)];
    if (method !== 0) throw new Error('The entry is compressed');
    const [size, nameLength, extra] = [
      file.readUInt32LE(at + 24),
      file.readUInt16LE(at + 28),
      file.readUInt16LE(at + 30),
    ];
    const local = file.readUInt32LE(at + 42);
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    at += 46 + nameLength + extra + file.readUInt16LE(at + 32);
    const two = (value: number) => String(value).padStart(2, '0');
    const day = `${1980 + (date >> 9)}-${two((date >> 5) & 15)}-${two(date & 31)}`;
    return { name, bytes: file.subarray(begin, begin + size), day, extra };
  });
}
