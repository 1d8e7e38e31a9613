/** Pages that the story server draws: what stands on them, and where. Shared by the story and its server. */

export const PAGE = { width: 595, height: 842 } as const;
const LINE = 19;
const TOP = 96;
const LEFT = 72;

const EN = [
  "The Charterer shall pay hire monthly in advance, in United States dollars,",
  "to the account named in box 26. Time lost by breakdown of machinery counts",
  "as off-hire from the moment the vessel is inefficient until she is again",
  "in an equal position. Fuel consumed while off-hire is for the Owner.",
  "",
  "The Owner warrants a speed of 13.5 knots on 24.0 tonnes of fuel a day in",
  "winds not above Beaufort 4. Claims for speed are measured over the whole",
  "of a passage, leaving out periods of more than six hours of bad weather.",
  "",
  "General average shall be adjusted in London by the York-Antwerp Rules.",
];

const ZH = [
  "承租人应按月预付租金，以美元支付至第26栏所列账户。",
  "机器故障造成的时间损失，自船舶不能有效工作之时起停租，",
  "至其恢复到同等位置时止。停租期间消耗的燃油由出租人承担。",
  "",
  "出租人保证：在风力不超过蒲福4级时，航速13.5节，日耗油24.0吨。",
  "航速索赔按全航程计算，扣除连续六小时以上的恶劣天气。",
  "",
  "共同海损按约克-安特卫普规则在伦敦理算。",
];

export function linesOf(page: number, zh: boolean): readonly string[] {
  const body = zh ? ZH : EN;
  const head = zh ? `定期租船合同　第${page + 1}页` : `Time charter party, part ${page + 1}`;
  const turned = body.slice(page % 3).concat(body.slice(0, page % 3));
  return [head, "", ...turned, "", ...turned];
}

/** As a PDF's text layer has it: lines joined by line feeds. */
export function textOf(page: number, zh: boolean): string {
  return linesOf(page, zh).join("\n");
}

/** How far a letter reaches, in a face of even width. */
function reach(letter: string, zh: boolean): number {
  if (!zh) return 5.9;
  return letter > "\u2e7f" ? 13.5 : 7.8;
}

/** Where each letter of a line begins, and where the last one ends. */
function edgesOf(line: string, zh: boolean): readonly number[] {
  const edges = [LEFT];
  for (const letter of Array.from(line))
    edges.push(Math.round(((edges.at(-1) ?? 0) + reach(letter, zh)) * 10) / 10);
  return edges;
}

/** The server's answer for a page's text. */
export function layerOf(page: number, zh: boolean): unknown {
  let start = 0;
  const runs: unknown[] = [];
  for (const [at, line] of linesOf(page, zh).entries()) {
    const top = TOP + at * LINE;
    if (line) runs.push([start, top - 12, top + 4, edgesOf(line, zh)]);
    start += Array.from(line).length + 1;
  }
  return { ...PAGE, text: textOf(page, zh), runs };
}

/** A page as a picture: each letter where the layer has it. */
export function pictureOf(page: number, zh: boolean): string {
  const lines = linesOf(page, zh)
    .map((line, at) => {
      const safe = line.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
      const places = edgesOf(line, zh).slice(0, -1).join(" ");
      return line ? `<text x="${places}" y="${TOP + at * LINE}">${safe}</text>` : "";
    })
    .join("");
  const face = zh
    ? `font-family="monospace, 'Noto Sans CJK SC'" font-size="13"`
    : `font-family="monospace" font-size="9.8"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * PAGE.width}" height="${2 * PAGE.height}" viewBox="0 0 ${PAGE.width} ${PAGE.height}"><rect width="100%" height="100%" fill="#fff"/><g ${face} fill="#1b1b1b">${lines}</g></svg>`;
}

const RECEIPT = {
  en: ["PHARMACY 12", "Bisoprolol 2.5 mg", "Warfarin 3 mg", "Saline", "TOTAL", "PAID"],
  zh: ["第十二药房", "比索洛尔 2.5毫克", "华法林 3毫克", "生理盐水", "合计", "已付"],
} as const;

/** A drawn receipt, for the stories of pictures. */
export function receipt(zh: boolean): string {
  const [head, first, second, third, total, paid] = RECEIPT[zh ? "zh" : "en"];
  const row = (y: number, left: string, right: string): string =>
    `<text x="60" y="${y}">${left}</text><text x="540" y="${y}" text-anchor="end">${right}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900" viewBox="0 0 600 450"><rect width="600" height="450" fill="#eee8dc"/><rect x="30" y="20" width="540" height="410" fill="#fff"/><g font-family="monospace" font-size="20" fill="#222"><text x="60" y="70" font-size="28">${head}</text>${row(130, first, "4.20")}${row(170, second, "7.80")}${row(210, third, "2.00")}${row(290, total, "14.00")}<circle cx="460" cy="370" r="38" fill="none" stroke="#a12c2c" stroke-width="5"/><text x="460" y="377" text-anchor="middle" fill="#a12c2c">${paid}</text></g></svg>`;
}
