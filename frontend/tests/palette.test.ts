import { describe, expect, it } from "vitest";
import { chipText, labelColour, PALETTE, THEMES } from "../src/core/palette";
import css from "../src/elements/css/labels.css?raw";

type Rgb = readonly [number, number, number];

/** OKLCH to linear sRGB (Björn Ottosson's matrices), clipped to the screen's range. */
function linear(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function fromBytes(bytes: readonly [number, number, number]): Rgb {
  const one = (byte: number): number => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [one(bytes[0]), one(bytes[1]), one(bytes[2])];
}

/** The contrast ratio of WCAG 2. */
function contrast(one: Rgb, other: Rgb): number {
  const light = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const [high, low] = [light(one), light(other)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

for (const [name, theme] of Object.entries(THEMES)) {
  describe(`label colours in the ${name} theme`, () => {
    const surface = fromBytes(theme.surface);
    const ink = fromBytes(theme.ink);
    PALETTE.forEach(({ chroma, hue }) => {
      const of = ([lightness, most]: readonly [number, number]): Rgb =>
        linear(lightness, Math.min(chroma, most), hue);

      it(`are legible at hue ${hue}`, () => {
        expect(contrast(ink, of(theme.tint))).toBeGreaterThan(7);
        expect(contrast(of(theme.ink2), surface)).toBeGreaterThan(4.5);
        expect(contrast(of(theme.ink2), of(theme.tint))).toBeGreaterThan(4.5);
        expect(contrast(of(theme.line), surface)).toBeGreaterThan(3);
      });
    });
  });
}

it("are the ones that the style sheet uses", () => {
  const used = [...css.matchAll(/oklch\(from var\(--label\) ([\d.]+) min\(c, ([\d.]+)\) h\)/g)].map((one) => [
    Number(one[1]),
    Number(one[2]),
  ]);
  const { light, dark } = THEMES;
  expect(used).toEqual([light.tint, dark.tint, light.line, dark.line, light.ink2, dark.ink2]);
});

it("come from the schema when it gives a plain colour, else from the label's place", () => {
  const label = { key: "a", text: "A" };
  expect(labelColour({ ...label, colour: "#a0f" }, 0)).toBe("#a0f");
  for (const colour of ["rgb(10, 20, 30)", "hsl(120 50% 50% / 0.5)"])
    expect(labelColour({ ...label, colour }, 0)).toBe(colour);
  expect(labelColour({ ...label, colour: "rgb(1;2)" }, 0)).toBe(labelColour(label, 0));
  expect(labelColour({ ...label, colour: "red;} x{" }, 0)).toBe(labelColour(label, 0));
  expect(labelColour(label, PALETTE.length)).toBe(labelColour(label, 0));
});

it("cut a long label by characters", () => {
  expect(chipText("Party")).toBe("Party");
  expect(chipText("Limitation of liability")).toBe("Limitation of…");
  expect(chipText("𠮷".repeat(20))).toBe(`${"𠮷".repeat(13)}…`);
});
