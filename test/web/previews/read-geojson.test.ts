import { describe, expect, test } from 'vitest';
import { readGeoJson } from '../../../web/previews/read-geojson.ts';

const read = (value: unknown) => readGeoJson(JSON.stringify(value));
const SQUARE = [
  [0, 0],
  [2, 0],
  [2, 3],
  [0, 0],
];

describe('a GeoJSON', () => {
  test('of features gives their shapes, those that are nowhere left out, and the box around them', () => {
    const { shapes, box } = read({
      type: 'FeatureCollection',
      features: [
        { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [SQUARE] } },
        { type: 'Feature', properties: {}, geometry: null },
        { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [-5, 7, 100] } },
      ],
    });
    expect(shapes).toEqual([
      { kind: 'line', isFilled: true, parts: [SQUARE] },
      { kind: 'point', isFilled: true, parts: [[[-5, 7]]] },
    ]);
    expect(box).toEqual({ west: -5, east: 2, south: 0, north: 7 });
  });

  test.each([
    ['LineString', SQUARE, [false]],
    ['MultiLineString', [SQUARE, SQUARE], [false]],
    ['MultiPolygon', [[SQUARE], [SQUARE]], [true, true]],
    ['MultiPoint', SQUARE, [true, true, true, true]],
  ])('of a %s is drawn', (type, coordinates, filled) => {
    expect(
      read({ type: 'GeometryCollection', geometries: [{ type, coordinates }] }).shapes.map((each) => each.isFilled),
    ).toEqual(filled);
  });

  test.each([
    [{ type: 'Circle' }, 'GeoJSON knows no Circle.'],
    [{ type: 'Point', coordinates: ['a', 1] }, 'A place is two numbers.'],
    [{ type: 'Polygon', coordinates: 3 }, 'A list was expected.'],
    [{ type: 'FeatureCollection', features: [] }, 'There is no place in it.'],
    [[], 'It has no type.'],
  ])('%j is none', (value, message) => {
    expect(() => read(value)).toThrow(message);
  });
});
