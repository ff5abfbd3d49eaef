// How our layers look. Land furniture is quiet so that the law on top of it can be read.
import {
  LineLabelSymbolizer,
  LineSymbolizer,
  PolygonSymbolizer,
  createPattern,
  linear,
  type LabelRule,
  type PaintRule,
} from "protomaps-leaflet";
import { InsideText } from "./inside";
import { isPersian } from "./wording";

const LAND: [kind: string, fill: string, edge: string | null][] = [
  ["built_up", "#e9e5da", null],
  ["vegetation", "#dfe8d2", null],
  ["green", "#cfe2bd", "#b5cf9f"],
  ["blocks", "#f4f1ea", "#ddd7c8"],
  ["block", "#f4f1ea", "#ddd7c8"],
  ["squares", "#f6efdc", "#dccfa8"],
  ["square", "#f6efdc", "#dccfa8"],
  ["river", "#a9cfe0", "#86b6cc"],
  ["madis", "#a9cfe0", null],
  ["madi", "#a9cfe0", null],
];
const font = (): string => (isPersian() ? "Vazirmatn, Tahoma, sans-serif" : "'Vazirmatn Latin', Vazirmatn, Tahoma, sans-serif");

type Props = Record<string, unknown>;
const kindIs =
  (kind: string) =>
  (_zoom: number, feature: { props: Props }): boolean =>
    feature.props["kind"] === kind;

const nameProps = (): string[] => (isPersian() ? ["name_fa"] : ["name_en", "name_fa"]);

function land(kind: string, fill: string, edge: string | null): PaintRule[] {
  const isPolygon = (zoom: number, feature: { props: Props; geomType: number }) =>
    feature.geomType === 3 && kindIs(kind)(zoom, feature);
  const isLine = (zoom: number, feature: { props: Props; geomType: number }) =>
    feature.geomType === 2 && kindIs(kind)(zoom, feature);
  const polygon = { dataLayer: "backdrop", filter: isPolygon, symbolizer: new PolygonSymbolizer({ fill, ...(edge ? { stroke: edge, width: 0.8 } : {}) }) };
  const line = { dataLayer: "backdrop", filter: isLine, symbolizer: new LineSymbolizer({ color: fill, width: linear([[12, 1], [18, 6]]) }) };
  return [polygon, line] as PaintRule[];
}

/** Width on the screen of a street that is `metres` wide at zoom `z` (latitude of the city, about 33°). */
function streetWidth(z: number, metres: number): number {
  return Math.max(metres / ((156_543 * 0.84) / 2 ** z), z >= 15 ? 1.4 : 0.6);
}

function streets(): PaintRule[] {
  const metres = (f?: { props: Props }) => Number(f?.props["width_m"] ?? f?.props["width"] ?? 8);
  const isStreet = (_z: number, f: { props: Props; geomType: number }) =>
    f.geomType === 2 && String(f.props["kind"]).startsWith("street");
  const isArea = (_z: number, f: { props: Props; geomType: number }) =>
    f.geomType === 3 && String(f.props["kind"]).startsWith("street");
  return [
    { dataLayer: "backdrop", filter: isArea, symbolizer: new PolygonSymbolizer({ fill: "#ffffff" }) },
    {
      dataLayer: "backdrop",
      filter: isStreet,
      symbolizer: new LineSymbolizer({ color: "#d9d2c2", width: (z, f) => streetWidth(z, metres(f)) + 1.4, lineCap: "round", lineJoin: "round" }),
    },
    {
      dataLayer: "backdrop",
      filter: isStreet,
      symbolizer: new LineSymbolizer({ color: "#ffffff", width: (z, f) => streetWidth(z, metres(f)), lineCap: "round", lineJoin: "round" }),
    },
  ] as PaintRule[];
}

/** Land, water, green, squares, blocks and streets. */
export function backdropPaint(): PaintRule[] {
  return [...LAND.flatMap(([kind, fill, edge]) => land(kind, fill, edge)), ...streets()];
}

/** Names of streets and places. */
export function backdropLabels(): LabelRule[] {
  const text = { labelProps: nameProps(), fill: "#4c5558", stroke: "#fbfaf6", width: 3 };
  const rule = { dataSource: "backdrop", dataLayer: "backdrop" };
  return [
    {
      ...rule,
      filter: (_z: number, f: { geomType: number }) => f.geomType !== 2,
      minzoom: 14,
      symbolizer: new InsideText({ ...text, font: `600 12px ${font()}` }),
    },
    {
      ...rule,
      filter: (_z: number, f: { geomType: number }) => f.geomType === 2,
      minzoom: 15,
      symbolizer: new LineLabelSymbolizer({ ...text, font: `500 12px ${font()}` }),
    },
  ] as LabelRule[];
}

/** Outlines of parcels, thinner when they are small on the screen. */
export function parcelPaint(): PaintRule[] {
  return [
    {
      dataLayer: "parcels",
      symbolizer: new LineSymbolizer({ color: "#6f6a5d", width: linear([[16, 0.5], [18, 1.1]]), opacity: linear([[16, 0.55], [18, 0.85]]) }),
    },
  ] as PaintRule[];
}

/** Borders of districts: soft, because they are approximate. */
export function districtPaint(): PaintRule[] {
  return [{ dataLayer: "districts", symbolizer: new LineSymbolizer({ color: "#8d6a9c", width: 3, opacity: 0.28 }) }] as PaintRule[];
}

export function districtLabels(): LabelRule[] {
  return [
    {
      dataSource: "districts",
      dataLayer: "districts",
      maxzoom: 15,
      symbolizer: new InsideText({ labelProps: nameProps(), fill: "#6b3f7b", stroke: "#ffffff", width: 3, font: `700 14px ${font()}` }),
    },
  ] as LabelRule[];
}

/** Slanted lines: the sign for law that is not law now. */
export function hatch(color: string): HTMLCanvasElement {
  return createPattern(10, 10, (_canvas, context) => {
    context.strokeStyle = color;
    context.lineWidth = 2.2;
    context.beginPath();
    for (const offset of [-10, 0, 10]) {
      context.moveTo(offset, 10);
      context.lineTo(offset + 10, 0);
    }
    context.stroke();
  });
}

type Colors = Record<string, string>;

/** Zones of a theme in force, filled by code. */
export function themePaint(layer: string, colors: Colors, opacity: number): PaintRule[] {
  const color = (f?: { props: Props }) => colors[String(f?.props["code"])] ?? colors[""] ?? "#8a8f94";
  return [
    {
      dataLayer: layer,
      symbolizer: new PolygonSymbolizer({
        fill: (_z: number, f?: { props: Props }) => color(f),
        opacity,
        stroke: (_z: number, f?: { props: Props }) => color(f),
        width: 1.4,
        perFeature: true,
      } as never),
    },
  ] as PaintRule[];
}

/** Zones of an edition that is not law now: hatched, never filled. */
export function pendingPaint(layer: string, colors: Colors): PaintRule[] {
  const codes = Object.entries(colors).filter(([code]) => code !== "");
  const rule = (color: string, filter: (z: number, f: { props: Props }) => boolean) => [
    { dataLayer: layer, filter, symbolizer: new PolygonSymbolizer({ pattern: hatch(color), opacity: 0.9 }) },
    { dataLayer: layer, filter, symbolizer: new LineSymbolizer({ color, width: 1.6, dash: [6, 4], dashColor: color, dashWidth: 1.6 }) },
  ];
  const known = new Set(codes.map(([code]) => code));
  return [
    ...codes.flatMap(([code, color]) => rule(color, (_z, f) => f.props["code"] === code)),
    ...rule(colors[""] ?? "#7a5200", (_z, f) => !known.has(String(f.props["code"]))),
  ] as unknown as PaintRule[];
}

/** A code people know ('H4') is written as it is; a code that is only a key ('RES') by its name. */
export function zoneName(props: Props): string {
  const code = String(props["code"] ?? "");
  if (/\d/.test(code) && code.length <= 4) return code;
  return String(props[isPersian() ? "label_fa" : "label_en"] ?? code);
}

/** The name of each zone, so that colour is never the only sign. */
export function themeLabels(source: string, layer: string, law: boolean): LabelRule[] {
  const text = { fill: law ? "#22333a" : "#6b4700", stroke: "#ffffff", width: 3, font: `600 11px ${font()}` };
  const byCode = (_z: number, f: { props: Props }) => zoneName(f.props) === f.props["code"];
  const rule = { dataSource: source, dataLayer: layer, minzoom: 16 };
  const label = isPersian() ? "label_fa" : "label_en";
  return [
    { ...rule, filter: byCode, symbolizer: new InsideText({ ...text, labelProps: ["code"] }, 18) },
    { ...rule, filter: (z: number, f: { props: Props }) => !byCode(z, f), symbolizer: new InsideText({ ...text, labelProps: [label] }, 40) },
  ] as LabelRule[];
}
