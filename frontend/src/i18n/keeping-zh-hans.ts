import type { keepingEn } from "./keeping-en";

/** Chinese for work that is kept on the device and sent from there. */
export const keepingZhHans = {
  "save.kept": "离线：已保存在此设备上",
  "outbox.sending": {
    one: "正在发送 1 个答案…",
    other: "正在发送 {n} 个答案…",
  },
  "outbox.offline": {
    one: "离线：1 个答案保存在此设备上，网络恢复后发送",
    other: "离线：{n} 个答案保存在此设备上，网络恢复后发送",
  },
  "outbox.offline.page": {
    one: "离线：1 个答案只在此页面上等待发送，请不要关闭页面。",
    other: "离线：{n} 个答案只在此页面上等待发送，请不要关闭页面。",
  },
  "outbox.signedOut": {
    one: "已退出登录：1 个答案保存在此设备上。请在另一个标签页中重新登录。",
    other: "已退出登录：{n} 个答案保存在此设备上。请在另一个标签页中重新登录。",
  },
  "outbox.signedOut.body": "请在另一个标签页中用同一账号登录，然后回到这里重试。",
  "outbox.failing": {
    one: "服务器处理 1 个答案时出错。答案保存在此设备上，并会再次发送。",
    other: "服务器处理 {n} 个答案时出错。答案保存在此设备上，并会再次发送。",
  },
  "outbox.failing.page": {
    one: "服务器处理 1 个答案时出错。答案只在此页面上等待发送，请不要关闭页面。",
    other: "服务器处理 {n} 个答案时出错。答案只在此页面上等待发送，请不要关闭页面。",
  },
  "outbox.failing.body":
    "服务器可以连接，但处理此答案时出错。系统会自动再次发送；若仍不成功，请告知项目负责人。",
  "outbox.kept.title": "您的答案已保存在此处",
  "outbox.kept.body": "答案尚未送达。一旦能连接到服务器就会发送，随后显示下一个样本。",
  "outbox.again": "立即重试",
  "returned.title": "您对“{item}”的答案未被接受。",
  "returned.open": "打开",
  "returned.discard": "丢弃此答案",
  "returned.reopen": "打开未被接受的答案",
  "returned.drop": "丢弃未被接受的答案",
  "answered.title": "此样本您答了两次",
  "answered.body":
    "您的另一份答案已先在另一个标签页或设备上提交，以那一份为准。您在这里写的内容没有提交，会保留在此处，直到您丢弃它。",
  "answered.mine": "写在这里，未提交",
  "answered.theirs": "已提交，以此为准",
  "answered.keep": "保留在此处",
  "answered.drop": "丢弃写在这里的内容",
  "trouble.close": "关闭提示",
  "trouble.elsewhere": "此样本已在另一个标签页中提交。您之后在这里的更改不在其中。",
  "trouble.elsewhere.action": "点击“提交”继续下一个样本。",
} satisfies Record<keyof typeof keepingEn, string | { readonly one: string; readonly other: string }>;
