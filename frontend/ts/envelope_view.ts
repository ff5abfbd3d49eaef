// The turnable envelope: lot and neighbours flat, levels as bodies. Draws only when something moved.
import {
  AmbientLight, Box3, CanvasTexture, Color, DirectionalLight, EdgesGeometry, ExtrudeGeometry, LineBasicMaterial, LineSegments,
  Mesh, MeshLambertMaterial, Path, PerspectiveCamera, Scene as World, Shape, ShapeGeometry, Sprite, SpriteMaterial, Vector2, Vector3, WebGLRenderer,
} from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import type { Rings, Scene } from "./envelope";
import { heightText, labelled, levelTop, outlineOf, type Unit } from "./envelope_shape";

const STEP = Math.PI / 24;
const COLORS = { around: 0xdfe3dd, lot: 0xf6ecd0, level: 0x76b5bb, base: 0xbdc6c7, line: 0x07434b };

/** Whether this browser can draw in 3-D at all. */
export function canDraw(): boolean {
  try {
    return document.createElement("canvas").getContext("webgl2") !== null;
  } catch {
    return false;
  }
}

/** Replaces what is in `stage` by a view of the scene. Throws when the browser gives no context after all. */
export function show(stage: HTMLElement, scene: Scene, unit: Unit): void {
  const renderer = new WebGLRenderer({ antialias: true });
  const world = new World();
  world.background = new Color(0xeef1ee);
  world.add(new AmbientLight(0xffffff, 1.7));
  const sun = new DirectionalLight(0xffffff, 1.6);
  sun.position.set(-3, 6, 4);
  world.add(sun);
  fill(world, scene, unit);
  const camera = new PerspectiveCamera(35, 1, 0.5, 2000);
  const controls = new OrbitControls(camera, renderer.domElement);
  frame(camera, controls, scene);
  const draw = (): void => renderer.render(world, camera);
  const fit = (): void => {
    const width = stage.clientWidth;
    if (!width) return;
    const height = Math.round(Math.min(440, Math.max(260, width * 0.72)));
    renderer.setPixelRatio(Math.min(window.devicePixelRatio, 2));
    renderer.setSize(width, height);
    camera.aspect = width / height;
    camera.updateProjectionMatrix();
    draw();
  };
  controls.enableDamping = false; // no motion after the hand has stopped, whatever the person's setting
  controls.maxPolarAngle = Math.PI / 2 - 0.02;
  controls.addEventListener("change", draw);
  stage.replaceChildren(renderer.domElement);
  stage.tabIndex = 0;
  stage.setAttribute("role", "application");
  stage.setAttribute("aria-label", stage.closest("section")?.querySelector("h3")?.textContent ?? "");
  stage.addEventListener("keydown", (event) => {
    if (turnBy(event.key, camera, controls)) event.preventDefault();
  });
  const watch = new ResizeObserver(fit);
  watch.observe(stage);
  // A panel that shows another parcel drops this one: give the graphics memory back.
  const gone = new MutationObserver(() => {
    if (stage.isConnected) return;
    gone.disconnect();
    watch.disconnect();
    controls.dispose();
    renderer.dispose();
  });
  gone.observe(document.body, { childList: true, subtree: true });
  fit();
}

function fill(world: World, scene: Scene, unit: Unit): void {
  for (const shape of scene.around) for (const rings of shape) world.add(flat(rings, COLORS.around, 0));
  for (const rings of scene.lot) world.add(flat(rings, COLORS.lot, 0.03));
  const written = labelled(scene.levels.map(levelTop), size(scene));
  for (const level of scene.levels) {
    const top = levelTop(level);
    for (const rings of level.rings) world.add(...body(rings, level.from_m, top, level.counted ? COLORS.level : COLORS.base));
    if (level.to_m !== null && written.has(top)) world.add(label(heightText(top, unit, document.documentElement.lang), place(level.rings, top)));
  }
}

/** How far the lot reaches, in metres. */
function size(scene: Scene): number {
  const box = new Box3();
  for (const rings of scene.lot) for (const [x, y] of rings[0] ?? []) box.expandByPoint(new Vector3(x, 0, -y));
  return box.getSize(new Vector3()).length();
}

function shapeOf(rings: Rings): Shape {
  const { outer, holes } = outlineOf(rings);
  const shape = new Shape();
  shape.setFromPoints(outer.map(([x, y]) => new Vector2(x, y)));
  shape.holes = holes.map((hole) => new Path(hole.map(([x, y]) => new Vector2(x, y))));
  return shape;
}

function flat(rings: Rings, color: number, lift: number): Mesh {
  const mesh = new Mesh(new ShapeGeometry(shapeOf(rings)), new MeshLambertMaterial({ color }));
  mesh.rotation.x = -Math.PI / 2;
  mesh.position.y = lift;
  return mesh;
}

function body(rings: Rings, from: number, to: number, color: number): [Mesh, LineSegments] {
  const geometry = new ExtrudeGeometry(shapeOf(rings), { depth: Math.max(to - from, 0.05), bevelEnabled: false });
  const mesh = new Mesh(geometry, new MeshLambertMaterial({ color, transparent: true, opacity: 0.88 }));
  const lines = new LineSegments(new EdgesGeometry(geometry), new LineBasicMaterial({ color: COLORS.line }));
  for (const part of [mesh, lines]) {
    part.rotation.x = -Math.PI / 2;
    part.position.y = from;
  }
  return [mesh, lines];
}

function place(shape: Rings[], height: number): Vector3 {
  const points = shape.flatMap((rings) => rings[0] ?? []);
  const [x, y] = points.reduce((best, point) => (point[0] - point[1] > best[0] - best[1] ? point : best), points[0] ?? [0, 0]);
  return new Vector3(x, height, -y);
}

function label(text: string, at: Vector3): Sprite {
  const canvas = document.createElement("canvas");
  canvas.width = 256;
  canvas.height = 64;
  const pen = canvas.getContext("2d");
  if (pen) {
    pen.font = '600 38px Vazirmatn, "Segoe UI", Tahoma, sans-serif';
    pen.direction = document.documentElement.dir === "rtl" ? "rtl" : "ltr";
    pen.textBaseline = "middle";
    pen.textAlign = "center";
    pen.fillStyle = "#ffffff";
    pen.fillRect(28, 6, 200, 52);
    pen.fillStyle = "#17272e";
    pen.fillText(text, 128, 34);
  }
  const sprite = new Sprite(new SpriteMaterial({ map: new CanvasTexture(canvas), depthTest: false, sizeAttenuation: false }));
  sprite.scale.set(0.2, 0.05, 1);
  sprite.center.set(-0.05, 0.5);
  sprite.position.copy(at);
  return sprite;
}

function frame(camera: PerspectiveCamera, controls: OrbitControls, scene: Scene): void {
  const box = new Box3();
  for (const rings of scene.lot) for (const [x, y] of rings[0] ?? []) box.expandByPoint(new Vector3(x, 0, -y));
  for (const level of scene.levels) box.expandByPoint(new Vector3(box.min.x, levelTop(level), box.min.z));
  const middle = box.getCenter(new Vector3());
  const reach = Math.max(box.getSize(new Vector3()).length(), 8);
  controls.target.copy(middle);
  controls.minDistance = reach * 0.5;
  controls.maxDistance = reach * 5;
  camera.position.set(middle.x - reach * 1.05, middle.y + reach * 1.1, middle.z + reach * 1.55);
  controls.update();
}

/** Arrow keys turn, plus and minus come nearer or go back; true when the key meant something. */
function turnBy(key: string, camera: PerspectiveCamera, controls: OrbitControls): boolean {
  const offset = camera.position.clone().sub(controls.target);
  if (key === "ArrowLeft" || key === "ArrowRight") offset.applyAxisAngle(new Vector3(0, 1, 0), key === "ArrowLeft" ? -STEP : STEP);
  else if (key === "ArrowUp" || key === "ArrowDown") {
    const side = new Vector3(offset.z, 0, -offset.x).normalize();
    const turned = offset.clone().applyAxisAngle(side, key === "ArrowUp" ? -STEP : STEP);
    if (turned.y > 0 && Math.hypot(turned.x, turned.z) > 0.5) offset.copy(turned);
  } else if (key === "+" || key === "=" || key === "-") offset.multiplyScalar(key === "-" ? 1.15 : 1 / 1.15);
  else return false;
  camera.position.copy(controls.target).add(offset);
  controls.update();
  return true;
}
