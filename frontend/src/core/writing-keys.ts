/** Keys of the toolbar for Markdown: they work while one writes, and come with what is written. */
export const WRITING_KEYS = {
  "write.bold": "ctrl+b",
  "write.italic": "ctrl+i",
  "write.heading": "alt+h",
  "write.bullets": "alt+l",
  "write.numbers": "alt+shift+l",
  "write.quote": "alt+b",
  "write.code": "ctrl+e",
  "write.block": "alt+shift+e",
  "write.table": "alt+shift+b",
  "write.link": "alt+u",
  "write.preview": "alt+shift+p",
} as const;

export type WritingId = keyof typeof WRITING_KEYS;
