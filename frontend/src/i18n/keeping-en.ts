/** English for work that is kept on the device and sent from there. */
export const keepingEn = {
  "save.kept": "Offline: kept on this device",
  "outbox.sending": { one: "Sending one answer…", other: "Sending {n} answers…" },
  "outbox.offline": {
    one: "Offline: one answer is kept on this device and sent when the network returns",
    other: "Offline: {n} answers are kept on this device and sent when the network returns",
  },
  "outbox.offline.page": {
    one: "Offline: one answer waits on this page. Leave it open.",
    other: "Offline: {n} answers wait on this page. Leave it open.",
  },
  "outbox.signedOut": {
    one: "Signed out: one answer is kept on this device. Sign in again in another tab.",
    other: "Signed out: {n} answers are kept on this device. Sign in again in another tab.",
  },
  "outbox.signedOut.body": "Sign in with the same account in another tab, then come back and try again.",
  "outbox.failing": {
    one: "The server failed on one answer. It is kept on this device and sent again.",
    other: "The server failed on {n} answers. They are kept on this device and sent again.",
  },
  "outbox.failing.page": {
    one: "The server failed on one answer. It waits on this page: leave it open.",
    other: "The server failed on {n} answers. They wait on this page: leave it open.",
  },
  "outbox.failing.body":
    "The server can be reached, but failed on this answer. It is sent again by itself. If that does not help, tell the lead of the project.",
  "outbox.kept.title": "Your answer is kept",
  "outbox.kept.body":
    "It has not arrived yet. It is sent as soon as the server can be reached, and the next item comes then.",
  "outbox.again": "Try again now",
  "returned.title": "Your answer to “{item}” was not accepted.",
  "returned.open": "Open it",
  "returned.discard": "Throw the answer away",
  "returned.reopen": "Open the answer that was not accepted",
  "returned.drop": "Throw away the answer that was not accepted",
  "answered.title": "You have answered this item twice",
  "answered.body":
    "Another answer of yours was submitted first, in another tab or on another device: that one stands. What you wrote here is not submitted. It is kept here until you throw it away.",
  "answered.mine": "Written here, not submitted",
  "answered.theirs": "Submitted: this one stands",
  "answered.keep": "Keep it here",
  "answered.drop": "Throw away what I wrote here",
  "trouble.close": "Close the message",
  "trouble.elsewhere":
    "This item was submitted in another tab. What you changed here since then is not part of it.",
  "trouble.elsewhere.action": "Submit to go on with the next item.",
};
