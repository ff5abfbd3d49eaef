import { afterEach, expect, it } from "vitest";
import { digits, say, speak, t } from "./wording";

afterEach(() => speak("fa", {}));

it("writes numbers in the page's digits", () => {
  speak("fa", { near: "در {m} متری" });
  expect(digits("1405/9/1")).toBe("۱۴۰۵/۹/۱");
  expect(t("near", { m: 25 })).toBe("در ۲۵ متری");
  speak("en", { near: "{m} m away" });
  expect(t("near", { m: 25 })).toBe("25 m away");
});

it("isolates codes from the direction of the sentence", () => {
  speak("fa", { chosen: "قطعهٔ {code}" });
  expect(t("chosen", { code: "3-2-14" })).toBe("قطعهٔ \u20683-2-14\u2069");
});

it("says bilingual texts in the page's language", () => {
  speak("en", {});
  expect(say({ fa: "سلام", en: "hello" })).toBe("hello");
  expect(say(null)).toBe("");
});
