/** The browser's segmenters, made once a language. */

const made = new Map<string, Intl.Segmenter>();

/** An item's language may be no tag that the browser knows: then the browser's own is taken. */
export function segmenter(language: string, granularity: "word" | "sentence"): Intl.Segmenter {
  const key = `${granularity} ${language}`;
  const known = made.get(key) ?? make(language, granularity);
  made.set(key, known);
  return known;
}

function make(language: string, granularity: "word" | "sentence"): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language || undefined, { granularity });
  } catch {
    return new Intl.Segmenter(undefined, { granularity });
  }
}
