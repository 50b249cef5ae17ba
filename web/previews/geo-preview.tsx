import { useState } from 'react';
import { Button } from '../ui/button/button.tsx';
import { formatCount, formatNumber } from '../ui/format/number.ts';
import styles from './previews.module.css';
import type { GeoShapes } from './read-geojson.ts';
import { TextPreview } from './text-preview.tsx';

interface Props {
  readonly name: string;
  readonly geo: GeoShapes;
  readonly text: string;
}

/** Around the shapes, as a share of their size. */
const MARGIN = 0.05;
const DOT_SIZE = 8;

/** The shapes of a GeoJSON as they lie to each other, without a map below them: that would have to come from elsewhere. */
export function GeoPreview({ name, geo: { shapes, box }, text }: Props) {
  const [isText, setText] = useState(false);
  const height = box.north - box.south;
  // A degree of longitude is shorter the farther it is from the equator.
  const shrink = Math.max(0.01, Math.cos((((box.north + box.south) / 2) * Math.PI) / 180));
  const width = (box.east - box.west) * shrink;
  const room = (Math.max(width, height) || 1) * MARGIN;
  const view = [-room, -room, width + 2 * room, height + 2 * room].join(' ');
  const pathOf = (part: readonly (readonly [number, number])[]) =>
    part.map(([longitude, latitude], at) => {
      return `${at === 0 ? 'M' : 'L'}${(longitude - box.west) * shrink} ${box.north - latitude}`;
    });
  return (
    <>
      <p className={styles.cut}>
        {formatCount(shapes.length, 'shape')}, longitude {formatNumber(box.west)} to {formatNumber(box.east)}, latitude{' '}
        {formatNumber(box.south)} to {formatNumber(box.north)}
        <Button look="quiet" icon="code" aria-pressed={isText} onClick={() => setText(!isText)}>
          As text
        </Button>
      </p>
      {isText ? (
        <TextPreview name={name} text={text} />
      ) : (
        <svg className={styles.shapes} viewBox={view} role="img" aria-label={`Shapes of ${name}`}>
          {shapes.map(({ kind, isFilled, parts }, at) => (
            <path
              // biome-ignore lint/suspicious/noArrayIndexKey: the shapes of a file stay as they are.
              key={at}
              className={kind === 'point' ? undefined : isFilled ? styles.area : styles.way}
              strokeWidth={kind === 'point' ? DOT_SIZE : undefined}
              // A dot is a line of no length with round ends.
              d={
                kind === 'point'
                  ? parts.flatMap((part) => [...pathOf(part), 'h0']).join('')
                  : parts.flatMap(pathOf).join('')
              }
            />
          ))}
        </svg>
      )}
    </>
  );
}
