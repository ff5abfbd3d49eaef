// One drawn area at a time, kept in the form's field; a form without one is not sent.
import type { Feature, Polygon as Shape } from "geojson";

/** What is needed of a drawn layer. */
export interface Drawn {
  toGeoJSON(): unknown;
  remove(): void;
}

const DEGREE_DIGITS = 7;

export class OneShape {
  private layer: Drawn | null = null;

  constructor(private readonly parts: { form: HTMLFormElement; field: HTMLInputElement; said: HTMLElement }) {
    parts.form.addEventListener("submit", (event) => {
      if (parts.field.value) return;
      event.preventDefault();
      parts.said.textContent = parts.said.dataset["nothing"] ?? "";
    });
  }

  /** A new or changed area; another one before it goes. */
  drawn(layer: Drawn): void {
    if (this.layer && this.layer !== layer) this.layer.remove();
    this.layer = layer;
    const feature = layer.toGeoJSON() as Feature<Shape>;
    this.parts.field.value = JSON.stringify(feature.geometry, (_key, value: unknown) =>
      typeof value === "number" ? Number(value.toFixed(DEGREE_DIGITS)) : value,
    );
    this.parts.said.textContent = this.parts.said.dataset["drawn"] ?? "";
  }

  removed(layer: Drawn): void {
    if (layer !== this.layer) return;
    this.layer = null;
    this.parts.field.value = "";
    this.parts.said.textContent = "";
  }
}
