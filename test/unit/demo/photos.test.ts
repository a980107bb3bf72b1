import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { openStudio } from '../../../demo/photos/studio.ts';

test('photos are JPEGs held as phones are held, and differ from each other', async () => {
  const studio = openStudio();
  const take = (variant: string) => studio.take({ motif: 'bowl', damage: 'chip', variant });
  const shots = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(take));
  const data = await Promise.all(shots.map((shot) => sharp(shot).metadata()));
  expect(new Set(data.map(({ format }) => format))).toEqual(new Set(['jpeg']));
  expect(new Set(data.map(({ orientation }) => orientation)).size).toBeGreaterThan(2);
  expect(new Set(shots.map((shot) => shot.toString('base64'))).size).toBe(shots.length);
  expect(await take('a')).toEqual(shots[0]);
});

test('damage can be seen', async () => {
  const studio = openStudio();
  const [sound, broken] = await Promise.all(
    (['none', 'crack'] as const).map(async (damage) =>
      sharp(await studio.take({ motif: 'lantern', damage, variant: 'same' }))
        .raw()
        .toBuffer(),
    ),
  );
  const changed = sound!.reduce((sum, value, index) => sum + (Math.abs(value - broken![index]!) > 40 ? 1 : 0), 0);
  expect(changed / sound!.length).toBeGreaterThan(0.005);
});
