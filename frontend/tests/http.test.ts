import { afterEach, describe, expect, it, vi } from "vitest";
import { HttpTransport } from "../src/transport/http";

afterEach(() => vi.unstubAllGlobals());

async function outcomeOf(status: number): Promise<unknown> {
  vi.stubGlobal("fetch", async () => new Response("<h1>Oh</h1>", { status }));
  return new HttpTransport("/api/v1/", () => "").next("p1");
}

describe("HttpTransport", () => {
  it("tells a server that failed from one that is not there", async () => {
    for (const status of [502, 503, 504, 408, 429])
      expect(await outcomeOf(status)).toEqual({ kind: "unreachable" });
    for (const status of [500, 507])
      expect(await outcomeOf(status)).toEqual({ kind: "unreachable", failed: true });
    expect(await outcomeOf(404)).toMatchObject({ kind: "refused", problem: { code: "http_404" } });
  });
});
