import { expect, test } from '@jest/globals';
import { imageTypeOf } from '../../../shared/images/image-type.ts';

test.each([
  ['jpeg', '\xff\xd8\xff\xe0\0\x10JFIF'],
  ['jpeg', '\xff\xd8\xff\xdb'],
  ['png', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'],
  ['webp', 'RIFF\n\0\0\0WEBPVP8 '],
])('%s is known by its first bytes', (type, head) => {
  expect(imageTypeOf(Buffer.from(head, 'latin1'))).toBe(type);
});

test.each([
  ['HEIC', '\0\0\0\x18ftypheic'],
  ['HEIC', '\0\0\0\x1cftypmif1'],
  ['AVIF', '\0\0\0\x1cftypavif'],
  ['GIF', 'GIF89a'],
  ['TIFF', 'II*\0'],
  ['PDF', '%PDF-1.4'],
  ['ZIP', 'PK\x03\x04'],
  ['SVG', '\ufeff  <!-- x --><svg>'],
  ['HTML', '\n<html>'],
])('%s is refused by name, with what is allowed', (found, head) => {
  expect(() => imageTypeOf(Buffer.from(head, 'latin1'))).toThrow(
    expect.objectContaining({
      code: 415,
      type: 'IMAGE_TYPE_NOT_SUPPORTED',
      message: `This is a ${found} file; photos may be JPEG, PNG or WebP`,
      data: { found, allowed: ['image/jpeg', 'image/png', 'image/webp'] },
    }),
  );
});

test.each(['\xff\xd8', '\x89PNG\r\n\x1a', 'RIFF\n\0\0\0WAVE', 'RIFFWEBP', ' \xff\xd8\xff', 'PK is fine text', 'x'])(
  '%j is not a photo',
  (head) => {
    expect(() => imageTypeOf(Buffer.from(head, 'latin1'))).toThrow(
      expect.objectContaining({
        code: 415,
        message: expect.stringMatching(/not a photo we can read.*JPEG, PNG or WebP/),
      }),
    );
  },
);

test('an empty file is called empty', () => {
  expect(() => imageTypeOf(Buffer.alloc(0))).toThrow(expect.objectContaining({ code: 422, type: 'FILE_EMPTY' }));
});
