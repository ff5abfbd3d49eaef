// How differences look: three colours that people with colour blindness tell apart, each with a pattern of its own.
import { createPattern, LineSymbolizer, PolygonSymbolizer, type LabelRule, type PaintRule } from "protomaps-leaflet";
import { InsideText } from "./inside";
import { hatch } from "./paint";
import { isPersian, t } from "./wording";

type Props = Record<string, unknown>;
export const COLORS = { changed: "#7b3294", gained: "#0072b2", lost: "#d55e00" } as const;
const DRAFT_GROUND = "#fbfaf6";

function marked(color: string, draw: (context: CanvasRenderingContext2D) => void): HTMLCanvasElement {
  return createPattern(14, 14, (_canvas, context) => {
    context.strokeStyle = color;
    context.lineWidth = 2.4;
    context.beginPath();
    draw(context);
    context.stroke();
  });
}

/** Crosses: something comes to be said here. */
const plus = (color: string): HTMLCanvasElement =>
  marked(color, (context) => {
    context.moveTo(7, 2);
    context.lineTo(7, 12);
    context.moveTo(2, 7);
    context.lineTo(12, 7);
  });

/** Level lines: something is said no longer. */
const minus = (color: string): HTMLCanvasElement =>
  marked(color, (context) => {
    context.moveTo(0, 4);
    context.lineTo(14, 4);
    context.moveTo(0, 11);
    context.lineTo(14, 11);
  });

const PATTERNS = { changed: hatch, gained: plus, lost: minus };

/** Pieces of a difference: tinted, patterned, outlined. */
export function differencePaint(): PaintRule[] {
  return (["changed", "gained", "lost"] as const).flatMap((kind) => {
    const color = COLORS[kind];
    const rule = { dataLayer: "difference", filter: (_z: number, f: { props: Props }) => f.props["kind"] === kind };
    return [
      { ...rule, symbolizer: new PolygonSymbolizer({ fill: color, opacity: 0.28 }) },
      { ...rule, symbolizer: new PolygonSymbolizer({ pattern: PATTERNS[kind](color), opacity: 0.95 }) },
      { ...rule, symbolizer: new LineSymbolizer({ color, width: 2 }) },
    ];
  }) as unknown as PaintRule[];
}

/** 'H4 → H5' in words that a label can hold. */
export function changeName(props: Props): string {
  const [old, now] = [props["old"], props["new"]].map((code) => (code ? String(code) : t("nothing_there")));
  return `${old} → ${now}`;
}

/** What changes to what, near enough to be read. */
export function differenceLabels(): LabelRule[] {
  const font = isPersian() ? "Vazirmatn, Tahoma, sans-serif" : "'Vazirmatn Latin', Vazirmatn, Tahoma, sans-serif";
  const names = (_z: number, feature: { props: Props }) => {
    feature.props["change"] = changeName(feature.props);
    return true;
  };
  const symbolizer = new InsideText({ labelProps: ["change"], fill: "#22333a", stroke: "#ffffff", width: 3, font: `700 12px ${font}` }, 40);
  return [{ dataLayer: "difference", minzoom: 15, filter: names, symbolizer }] as unknown as LabelRule[];
}

/** Where a draft speaks: today's law is covered there, so that its gaps are seen as gaps. */
export function coveragePaint(): PaintRule[] {
  const rule = { dataLayer: "coverage" };
  return [
    { ...rule, symbolizer: new PolygonSymbolizer({ fill: DRAFT_GROUND, opacity: 1 }) },
    { ...rule, symbolizer: new LineSymbolizer({ color: "#4a5b63", width: 1.6, dash: [6, 4], dashColor: "#4a5b63", dashWidth: 1.6 }) },
  ] as unknown as PaintRule[];
}
