/** From low to high, told apart in both themes and by those who see fewer colours (the ends and middle of viridis). */
export const RAMP = ['#440154', '#3b528b', '#21918c', '#5ec962', '#fde725'] as const;

type Rgb = readonly [red: number, green: number, blue: number];

const STOPS: readonly Rgb[] = RAMP.map((colour) => [channel(colour, 1), channel(colour, 3), channel(colour, 5)]);

function channel(colour: string, at: number): number {
  return Number.parseInt(colour.slice(at, at + 2), 16);
}

/** The colour of a share from 0 to 1. */
export function rampAt(share: number): Rgb {
  const place = Math.min(1, Math.max(0, share)) * (STOPS.length - 1);
  const below = STOPS[Math.floor(place)] ?? [0, 0, 0];
  const above = STOPS[Math.ceil(place)] ?? below;
  const part = place - Math.floor(place);
  const mixed = (index: 0 | 1 | 2) => Math.round(below[index] + (above[index] - below[index]) * part);
  return [mixed(0), mixed(1), mixed(2)];
}
