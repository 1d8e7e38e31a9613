/** Label colours. A label's colour only fixes a hue; the style sheet sets lightness and strength for each theme. */

import type { Label } from "./contracts";

export interface Hue {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

/** Hues in OKLCH, ordered so that neighbours in a schema are far apart. */
export const PALETTE: readonly Hue[] = [245, 55, 150, 325, 90, 200, 20, 285, 120, 350, 175, 265].map(
  (hue) => ({
    lightness: 0.6,
    chroma: 0.13,
    hue,
  }),
);

/**
 * What the style sheet makes of a colour, as OKLCH lightness and most chroma: the tint behind a span, its underline,
 * the words on its chip (`ink2`); and the page's own surface and ink. A test keeps them in step with
 * `elements/css/labels.css` and checks their contrast.
 */
export const THEMES = {
  light: {
    tint: [0.94, 0.045],
    line: [0.52, 0.16],
    ink2: [0.4, 0.11],
    surface: [0xff, 0xff, 0xff],
    ink: [0x13, 0x21, 0x2a],
  },
  dark: {
    tint: [0.33, 0.055],
    line: [0.76, 0.13],
    ink2: [0.88, 0.08],
    surface: [0x16, 0x1e, 0x22],
    ink: [0xe6, 0xec, 0xee],
  },
} as const;

const PLAIN_COLOUR = /^(#[0-9a-f]{3,8}|[a-z]+|(rgb|hsl)a?\([0-9.,%/ ]+\))$/i;

/** The CSS colour of a label: the schema's when it is a plain one, else the palette's by its place. */
export function labelColour(label: Label | undefined, index: number): string {
  if (label?.colour && PLAIN_COLOUR.test(label.colour)) return label.colour;
  const hue = PALETTE[(label?.place ?? index) % PALETTE.length] ?? { lightness: 0.6, chroma: 0, hue: 0 };
  return `oklch(${hue.lightness} ${hue.chroma} ${hue.hue})`;
}

const CHIP_LENGTH = 14;

/** A label's text short enough for a chip beside its span. */
export function chipText(text: string): string {
  const letters = Array.from(text);
  return letters.length <= CHIP_LENGTH
    ? text
    : `${letters
        .slice(0, CHIP_LENGTH - 1)
        .join("")
        .trimEnd()}…`;
}
