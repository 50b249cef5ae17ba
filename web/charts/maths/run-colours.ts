/** A colour in both themes: each keeps 3 to 1 against the ground of its theme. */
export interface Colour {
  readonly light: string;
  readonly dark: string;
}

const HUES = 20;
const DEGREES = 360 / HUES;
/** Lightness and chroma of OKLCH, in which equal steps look equal; for light and for dark. */
const TONES = [
  { light: '52% 0.15', dark: '74% 0.14' },
  { light: '41% 0.11', dark: '86% 0.09' },
  { light: '62% 0.12', dark: '62% 0.13' },
] as const;
const SLOTS = HUES * TONES.length;
/** So far apart that two lines are told apart at a glance. */
const WANTED_DISTANCE = 3;
/** A tone apart is worth so many hues. */
const TONE_DISTANCE = 2;
const CANDIDATES = 12;

/** The colour of a slot, 0 to 59. */
export function colourOfSlot(slot: number): Colour {
  const hue = (slot % HUES) * DEGREES;
  const tone = TONES[Math.floor(slot / HUES)] ?? TONES[0];
  return { light: `oklch(${tone.light} ${hue})`, dark: `oklch(${tone.dark} ${hue})` };
}

/**
 * The slot of an id: of a dozen that follow from the id itself the first that is well apart from those in use, else the
 * one farthest from them. So a run most often has the same colour among other runs, and two runs side by side never nearly
 * the same one.
 */
export function chooseSlot(id: string, used: readonly number[]): number {
  let best = 0;
  let bestDistance = -1;
  let hash = hashOf(id);
  for (let turn = 0; turn < CANDIDATES; turn += 1) {
    const slot = hash % SLOTS;
    const distance = Math.min(WANTED_DISTANCE, ...used.map((other) => distanceOf(slot, other)));
    if (distance >= WANTED_DISTANCE) return slot;
    if (distance > bestDistance) {
      best = slot;
      bestDistance = distance;
    }
    hash = scramble(hash);
  }
  return bestDistance > 0 ? best : firstFree(best, used);
}

/** Every candidate is in use: the next that is not, and a used one when none is free. */
function firstFree(slot: number, used: readonly number[]): number {
  const taken = new Set(used);
  for (let step = 0; step < SLOTS; step += 1) {
    const next = (slot + step) % SLOTS;
    if (!taken.has(next)) return next;
  }
  return slot;
}

function distanceOf(a: number, b: number): number {
  const hues = Math.abs((a % HUES) - (b % HUES));
  const tones = Math.abs(Math.floor(a / HUES) - Math.floor(b / HUES));
  return Math.min(hues, HUES - hues) + tones * TONE_DISTANCE;
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return scramble(hash);
}

/** Spreads the bits of a number over all of them (MurmurHash3's last step). */
function scramble(hash: number): number {
  let bits = (hash + 0x9e3779b9) >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** The colour of a run, or of a group, by its id. */
export type ColourOf = (id: string) => Colour;

/** The colour that follows from an id alone. */
export const colourOfId: ColourOf = (id) => colourOfSlot(chooseSlot(id, []));

/**
 * Colours by which ids that are seen together are told apart; any other has the one that follows from itself. They depend on
 * which ids there are, not on their order nor on what was drawn before: the same link gives a colleague the same colours.
 * Those of an earlier list do not change for a later one.
 */
export function coloursAmong(lists: readonly (readonly string[])[]): ColourOf {
  const slots = new Map<string, number>();
  for (const ids of lists) {
    for (const id of ids.toSorted()) {
      if (slots.has(id) || slots.size >= SLOTS) continue;
      slots.set(id, chooseSlot(id, [...slots.values()]));
    }
  }
  return (id) => colourOfSlot(slots.get(id) ?? chooseSlot(id, []));
}

/** A colour for a style sheet, which follows the theme by itself. */
export const cssOf = ({ light, dark }: Colour): string => `light-dark(${light}, ${dark})`;
