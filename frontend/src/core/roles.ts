/** The roles of a chat that the page has words for: those that a config has which names none. Others stand as they are written. */
export const KNOWN_ROLES: ReadonlySet<string> = new Set(["user", "assistant", "system", "tool", "developer"]);
