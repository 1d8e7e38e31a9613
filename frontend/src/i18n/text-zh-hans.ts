import type { textEn } from "./text-en";

type Form<T> = T extends string ? string : { readonly one: string; readonly other: string };

/** 文本标注相关的简体中文。 */
export const textZhHans: { readonly [K in keyof typeof textEn]: Form<(typeof textEn)[K]> } = {
  "spans.earlier": "上一页",
  "spans.later": "下一页",
  "spans.shown": "第 {from}–{to} 个，共 {count} 个",
  "spans.event.same": {
    one: "另有 {n} 处已标为{label}：{text}",
    other: "另有 {n} 处已标为{label}：{text}",
  },
  "spans.event.suggested": "建议，第 {place} 个，共 {count} 个，{label}：{text}。回车接受，退格忽略。",
  "spans.event.accepted": {
    one: "已接受{label}：{text}。还剩 {n} 个。",
    other: "已接受{label}：{text}。还剩 {n} 个。",
  },
  "spans.event.dismissed": {
    one: "已忽略{label}：{text}。还剩 {n} 个。",
    other: "已忽略{label}：{text}。还剩 {n} 个。",
  },
  "spans.event.next": "下一个建议，{label}：{text}",
  "spans.event.acceptedAll": { one: "已接受 {n} 个建议", other: "已接受 {n} 个建议" },
  "spans.event.dismissedAll": { one: "已忽略 {n} 个建议", other: "已忽略 {n} 个建议" },
  "spans.hint.suggested": "建议标为：{label}。请接受、忽略，或选择其他标签。",
  "spans.hint.snaps.word": "选区自动扩展到整词。",
  "spans.hint.snaps.sentence": "选区自动扩展到整句。",
  "spans.hint.snaps.paragraph": "选区自动扩展到整段。",
  "spans.same": "相同文字全部标注",
  "spans.snap": "整词选择",
  "spans.snap.on": "选区现在按整词选取",
  "spans.snap.off": "选区现在按字符选取",
  "suggestions.open": { one: "{n} 个建议", other: "{n} 个建议" },
  "suggestions.from": "来自 {model}",
  "suggestions.accept": "接受",
  "suggestions.dismiss": "忽略",
  "suggestions.acceptAll": "全部接受",
  "suggestions.dismissAll": "全部忽略",
  "suggestions.next": "下一个建议",
  "suggestions.nextShort": "下一个",
  "find.open": "在文中查找",
  "find.label": "在文中查找",
  "find.placeholder": "查找…",
  "find.count": "第 {at} 处，共 {n} 处",
  "find.none": "未找到",
  "find.next": "下一处",
  "find.previous": "上一处",
  "find.close": "关闭查找",
  "find.hit": "第 {at} 处，共 {n} 处：{text}",
};
