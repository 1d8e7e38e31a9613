/** A chart as a file: the drawing with the styles it has on the page, written into it as attributes. */

const KEPT = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
] as const;
const SCALE = 2;
const MARGIN = 12;

/** Buttons with `data-chart-file="svg|png"` inside an element with `data-chart`, which names the file. */
export function showChartFiles(root: ParentNode): void {
  for (const button of root.querySelectorAll<HTMLElement>("[data-chart-file][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => saveChart(button));
  }
}

function saveChart(button: HTMLElement): void {
  const figure = button.closest<HTMLElement>("[data-chart]");
  const drawing = figure?.querySelector<SVGSVGElement>("svg.chart");
  if (!figure || !drawing) return;
  const name = figure.dataset.chart ?? "chart";
  if (button.dataset.chartFile === "png") void savePicture(drawing, name);
  else save(address(standalone(drawing)), `${name}.svg`);
}

/** The drawing as a document of its own: no classes, no links, the page's colours, a margin and a ground. */
export function standalone(drawing: SVGSVGElement): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const shown = [drawing, ...drawing.querySelectorAll("*")];
  const copied = [copy, ...copy.querySelectorAll("*")];
  shown.forEach((element, at) => {
    const style = getComputedStyle(element);
    for (const name of KEPT) {
      const value = style.getPropertyValue(name);
      if (value && element instanceof SVGGraphicsElement) copied[at]?.setAttribute(name, plain(value));
    }
    copied[at]?.removeAttribute("class");
  });
  for (const link of copy.querySelectorAll("a")) {
    const group = document.createElementNS(copy.namespaceURI, "g");
    group.append(...link.childNodes);
    link.replaceWith(group);
  }
  const { x, y, width, height } = frame(drawing);
  const ground = document.createElementNS(copy.namespaceURI, "rect");
  for (const [name, value] of Object.entries({ x, y, width, height }))
    ground.setAttribute(name, String(value));
  ground.setAttribute("fill", groundOf(drawing));
  copy.prepend(ground);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  return new XMLSerializer().serializeToString(copy);
}

function frame(drawing: SVGSVGElement): { x: number; y: number; width: number; height: number } {
  const box = drawing.viewBox.baseVal;
  return {
    x: box.x - MARGIN,
    y: box.y - MARGIN,
    width: box.width + 2 * MARGIN,
    height: box.height + 2 * MARGIN,
  };
}

/** `color(srgb …)` is what a mixed colour is computed to; other programs read rgb(). */
function plain(value: string): string {
  const mixed = /^color\(srgb ([\d.e+-]+) ([\d.e+-]+) ([\d.e+-]+)/.exec(value);
  if (!mixed) return value;
  return `rgb(${mixed
    .slice(1, 4)
    .map((part) => Math.round(255 * Number(part)))
    .join(", ")})`;
}

function groundOf(element: Element): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (colour && !/^(transparent|rgba\(.*, 0\))$/.test(colour)) return plain(colour);
  }
  return "white";
}

function address(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

async function savePicture(drawing: SVGSVGElement, name: string): Promise<void> {
  const { width, height } = frame(drawing);
  const image = new Image();
  image.src = address(standalone(drawing));
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  save(canvas.toDataURL("image/png"), `${name}.png`);
}

function save(href: string, name: string): void {
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  link.click();
}
