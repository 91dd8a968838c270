// Says two minutes before a sign-in ends by itself, and goes on when asked to. Without this script the door still
// keeps what was typed (portal.accounts.answers); not here: what a held save says (autosave.js).
const WARN = 120;
const note = document.getElementById("session-note");
const words = note?.querySelector("[data-words]").dataset;
let timer;

function lookIn(seconds) {
  clearTimeout(timer);
  timer = setTimeout(look, Math.max(1, Math.min(seconds, 86400)) * 1000);
}

async function secondsLeft(headers) {
  const answer = await fetch(note.dataset.url, { method: "HEAD", headers });
  return Number(answer.headers.get("X-Session-Ends-In") ?? 0);
}

function tell(left, word) {
  note.querySelector("[data-text]").textContent = words[word].replace("{n}", Math.max(1, Math.round(left / 60)));
  note.querySelector("[data-go-on]").hidden = word !== "soon";
  note.querySelector("[data-door]").hidden = word === "soon";
  note.hidden = false;
  if (left > 0) lookIn(left);
}

function carryOn(left) {
  note.hidden = true;
  lookIn(left - WARN);
}

// Another tab may have kept the sign-in alive: the server is asked, in a way that does not count as a sign of life.
async function look() {
  const left = await secondsLeft({ "X-Background": "1" }).catch(() => null);
  if (left === null) lookIn(WARN / 4);
  else if (left > WARN) carryOn(left);
  else tell(left, left > 0 ? "soon" : "ended");
}

async function goOn() {
  const left = await secondsLeft({}).catch(() => null);
  if (left === null) tell(0, "offline");
  else if (left > WARN) carryOn(left);
  else tell(left, left > 0 ? "last" : "ended");
}

if (note) {
  note.querySelector("[data-go-on]").addEventListener("click", goOn);
  lookIn(Number(document.querySelector("meta[name=session-ends-in]").content) - WARN);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") look(); });
  document.addEventListener("htmx:afterRequest", (event) => {
    const left = Number(event.detail.xhr?.getResponseHeader("X-Session-Ends-In") ?? 0);
    if (left > WARN) carryOn(left);
  });
}
