import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { blockDigest } from "./desk_upload_digest";
import { megabytes, retryable, sentence } from "./desk_upload_said";
import { pause } from "./desk_run_pause";
import { speak } from "./wording";

const sha = (body: Buffer | string) => createHash("sha256").update(body).digest();

describe("the digest by blocks", () => {
  it("is that of the blocks' digests", async () => {
    const whole = await blockDigest(new Blob(["abcdefg"]), 3);
    expect(whole).toBe(sha(Buffer.concat([sha("abc"), sha("def"), sha("g")])).toString("hex"));
  });
  it("of an empty file is that of nothing", async () => {
    expect(await blockDigest(new Blob([]), 3)).toBe(sha("").toString("hex"));
  });
});

describe("refusals", () => {
  it.each([
    [0, true], [409, true], [423, true], [429, true], [500, true], [503, true],
    [400, false], [401, false], [403, false], [404, false], [413, false], [460, false],
  ])("%i is worth another try: %s", (status, again) => expect(retryable(status)).toBe(again));
  it("are told in the server's own words", () => {
    speak("en", {});
    expect(sentence({ error: { message: { fa: "نه", en: "no" } } })).toBe("no");
    expect(sentence(null)).toBe("");
  });
});

describe("numbers", () => {
  it("are megabytes with one decimal", () => expect(megabytes(1_572_864)).toBe(1.5));
  it("of pauses grow while nothing moves, up to a bound", () => {
    expect(pause(0)).toBe(1000);
    const all = Array.from({ length: 20 }, (_, still) => pause(still));
    expect(all).toEqual([...all].sort((a, b) => a - b));
    expect(all.at(-1)).toBe(8000);
  });
});
