import { expect, test } from 'vitest';
import { imageAt, imagesOf, keysOfImages, stepsOfImages } from '../../../../web/pages/runs/images/logged-image.ts';

const file = (name: string) => ({ path: `images/${name}`, isFolder: false, sizeBytes: 1 });
const ID = '0b6c7f1e-3ad0-4a0c-9d3c-0f8b2c1d4e5f';

test('an image and its smaller copy are one', () => {
  const name = `val~dogs+step+30+timestamp+1700000000000+${ID}`;
  const wanted = {
    key: 'val/dogs',
    step: 30,
    timeMs: 1_700_000_000_000,
    path: `images/${name}.png`,
    smallPath: `images/${name}+compressed.webp`,
  };
  const files = [file(`${name}.png`), file(`${name}+compressed.webp`)];
  expect(imagesOf(files)).toEqual([wanted]);
  expect(imagesOf(files.toReversed())).toEqual([wanted]);
});

test('what older clients wrote is read, too', () => {
  expect(imagesOf([file(`val#dogs%step%-1%timestamp%5%${ID}.png`)])).toMatchObject([{ key: 'val/dogs', step: -1 }]);
});

test('a copy alone is shown as it is', () => {
  const [image] = imagesOf([file(`a+step+0+timestamp+5+${ID}+compressed.webp`)]);
  expect(image?.path).toBe(image?.smallPath);
});

test('other files and folders are none', () => {
  const folder = { path: `images/a+step+0+timestamp+5+${ID}.png`, isFolder: true, sizeBytes: 0 };
  expect(imagesOf([file('cat.png'), file('a+step+x+timestamp+5+b.png'), folder])).toEqual([]);
});

test('the last that was logged until a step is shown, of two at once the later one', () => {
  const at = (step: number, time: number, key = 'a') =>
    `${key}+step+${step}+timestamp+${time}+${key}${step}${time}.png`;
  const images = imagesOf([at(10, 5), at(0, 1), at(10, 9), at(3, 1, 'b')].map(file));
  expect(keysOfImages(images)).toEqual(['a', 'b']);
  expect(stepsOfImages(images, 'a')).toEqual([0, 10]);
  expect(imageAt(images, 'a', 9)).toMatchObject({ step: 0 });
  expect(imageAt(images, 'a', 10)).toMatchObject({ step: 10, timeMs: 9 });
  expect(imageAt(images, 'b', 2)).toBeUndefined();
});
