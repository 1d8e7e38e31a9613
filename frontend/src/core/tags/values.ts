import type { DatetimeRegion, NumberRegion, RankingRegion, RatingRegion, TextRegion } from "../regions";
import { type Codec, finite, strings } from "./codec";

export const rating: Codec = {
  read: ({ value }) => {
    const given = finite(value.rating);
    return given === null ? null : { kind: "rating", rating: given };
  },
  write: (region) => ({ rating: (region as RatingRegion).rating }),
};

export const number: Codec = {
  read: ({ value }) => {
    const given = finite(value.number);
    return given === null ? null : { kind: "number", number: given };
  },
  write: (region) => ({ number: (region as NumberRegion).number }),
};

export const datetime: Codec = {
  read: ({ value }) =>
    typeof value.datetime === "string" ? { kind: "datetime", datetime: value.datetime } : null,
  write: (region) => ({ datetime: (region as DatetimeRegion).datetime }),
};

export const textarea: Codec = {
  read: ({ value }) => {
    const texts = typeof value.text === "string" ? [value.text] : strings(value.text);
    return texts ? { kind: "text", texts } : null;
  },
  write: (region) => ({ text: (region as TextRegion).texts }),
};

/** Where Label Studio keeps what was put into no bucket. */
const NO_BUCKET = "_";

/** Without buckets the ids stand under the control's own name. */
export const ranker: Codec = {
  read: ({ value }, question) => {
    const given = value.ranker;
    if (typeof given !== "object" || given === null) return null;
    const buckets = question.buckets?.map((bucket) => bucket.key) ?? [];
    const ranks: Record<string, readonly string[]> = {};
    for (const [key, ids] of Object.entries(given)) {
      if (buckets.length > 0 && key === NO_BUCKET) continue;
      const read = strings(ids);
      const bucket = buckets.length === 0 && key === question.key ? "" : key;
      if (!read || (bucket !== "" && !buckets.includes(bucket))) return null;
      ranks[bucket] = read;
    }
    return { kind: "ranking", ranks };
  },
  write: (region, question) => ({
    ranker: Object.fromEntries(
      Object.entries((region as RankingRegion).ranks).map(([bucket, ids]) => [bucket || question.key, ids]),
    ),
  }),
};
