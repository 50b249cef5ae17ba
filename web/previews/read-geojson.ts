/** A place: degrees of longitude and latitude, as GeoJSON has them (RFC 7946, 3.1.1). */
type Place = readonly [longitude: number, latitude: number];

/** A shape to be drawn; `isFilled` of an area. */
interface Shape {
  readonly kind: 'line' | 'point';
  readonly isFilled: boolean;
  /** Rings of an area, or the one line. */
  readonly parts: readonly (readonly Place[])[];
}

/** The shapes of a GeoJSON, and the box around them in degrees. */
export interface GeoShapes {
  readonly shapes: readonly Shape[];
  readonly box: { readonly west: number; readonly east: number; readonly south: number; readonly north: number };
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads a GeoJSON (RFC 7946); throws for what is none, or holds no place. */
export function readGeoJson(text: string): GeoShapes {
  const shapes = shapesOf(JSON.parse(text));
  const places = shapes.flatMap(({ parts }) => parts.flat());
  if (places.length === 0) throw new Error('There is no place in it.');
  const box = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity };
  for (const [longitude, latitude] of places) {
    box.west = Math.min(box.west, longitude);
    box.east = Math.max(box.east, longitude);
    box.south = Math.min(box.south, latitude);
    box.north = Math.max(box.north, latitude);
  }
  return { shapes, box };
}

function shapesOf(value: unknown): readonly Shape[] {
  if (typeof value !== 'object' || value === null || !('type' in value)) throw new Error('It has no type.');
  const { type, features, geometry, geometries, coordinates } = value as Fields;
  switch (type) {
    case 'FeatureCollection':
      return listOf(features).flatMap(shapesOf);
    case 'Feature':
      // A feature may be nowhere.
      return geometry === null ? [] : shapesOf(geometry);
    case 'GeometryCollection':
      return listOf(geometries).flatMap(shapesOf);
    case 'Point':
      return [{ kind: 'point', isFilled: true, parts: [[placeOf(coordinates)]] }];
    case 'MultiPoint':
      return listOf(coordinates).map((each) => ({ kind: 'point', isFilled: true, parts: [[placeOf(each)]] }));
    case 'LineString':
      return [{ kind: 'line', isFilled: false, parts: [placesOf(coordinates)] }];
    case 'MultiLineString':
      return [{ kind: 'line', isFilled: false, parts: listOf(coordinates).map(placesOf) }];
    case 'Polygon':
      return [{ kind: 'line', isFilled: true, parts: listOf(coordinates).map(placesOf) }];
    case 'MultiPolygon':
      return listOf(coordinates).map((rings) => ({
        kind: 'line',
        isFilled: true,
        parts: listOf(rings).map(placesOf),
      }));
    default:
      throw new Error(`GeoJSON knows no ${String(type)}.`);
  }
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error('A list was expected.');
  return value;
}

const placesOf = (value: unknown): readonly Place[] => listOf(value).map(placeOf);

function placeOf(value: unknown): Place {
  const [longitude, latitude] = listOf(value).map(Number);
  if (longitude === undefined || latitude === undefined || !Number.isFinite(longitude + latitude))
    throw new Error('A place is two numbers.');
  return [longitude, latitude];
}
