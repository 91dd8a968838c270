// Autosaving forms (form[data-autosave]): unsent text is guarded, a lost line or session is told, a conflict stops saving.
// The text lives in the page only; nothing typed is ever put into browser storage.
// Saves of one page follow one another, never overtake: each needs the version that the one before it was answered with.
const changes = new WeakMap(); // form → how often it was typed in; what was sent is compared with it
const saving = new WeakSet(); // forms that wait for the answer to an autosave
const leaving = new WeakSet(); // forms on their way by the plain button; nothing is saved behind its back
const forms = [...document.querySelectorAll("form[data-autosave]")];
const owner = (event) => event.target.closest?.("form[data-autosave]");
const isOwn = (event, form) => form && event.detail.requestConfig?.elt === form;

function typed(form) {
  changes.set(form, { ...changes.get(form), now: (changes.get(form)?.now ?? 0) + 1 });
}

function isSaved(form) {
  const state = changes.get(form);
  return !state || state.saved === state.now;
}

function tell(form, word, door) {
  const words = form.querySelector("[data-words]").dataset;
  form.querySelector("[data-lost-text]").textContent = words[word];
  const link = form.querySelector("[data-lost-door]");
  link.hidden = !door;
  if (door) {
    link.href = door;
    link.textContent = words[`${word}Door`];
  }
  form.querySelector("[data-lost]").hidden = false;
  form.querySelector("#save-state").textContent = "";
}

function send(form) {
  htmx.trigger(form, "change");
}

function takeMine(form) {
  const panel = form.querySelector("[data-conflict]");
  form.querySelector("#base-version").value = panel.dataset.version;
  panel.remove();
  send(form);
}

function leave(form) {
  changes.delete(form);
}

function submitPlainly(event, form) {
  if (leaving.has(form)) {
    event.preventDefault(); // pressed twice
    return;
  }
  leaving.add(form);
  setTimeout(() => leaving.delete(form), 5000); // a navigation that was stopped by hand leaves the form usable
  if (saving.has(form)) submitAfterwards(event, form);
  else leave(form);
}

function submitAfterwards(event, form) {
  const button = event.submitter;
  event.preventDefault();
  const go = () => {
    leaving.delete(form);
    form.requestSubmit(button);
  };
  form.addEventListener("htmx:afterRequest", () => setTimeout(go), { once: true });
}

for (const form of forms) {
  form.addEventListener("input", () => typed(form));
  form.addEventListener("change", (event) => { if (event.target !== form) typed(form); });
  form.addEventListener("submit", (event) => submitPlainly(event, form));
  form.addEventListener("keydown", (event) => {
    // Enter would press the first button of the form, which adds a row: save in place instead.
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input:not([type=file])")) return;
    event.preventDefault();
    send(form);
  });
  form.addEventListener("click", (event) => {
    if (event.target.closest("[data-retry]")) send(form);
    if (event.target.closest("[data-take-mine]")) takeMine(form);
    if (event.target.closest("[data-leave]")) leave(form);
  });
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = owner(event);
  if (!isOwn(event, form)) return;
  if (form.querySelector("[data-conflict]") || leaving.has(form)) event.preventDefault();
  else {
    saving.add(form);
    changes.set(form, { ...changes.get(form), sent: changes.get(form)?.now });
  }
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (isOwn(event, owner(event))) saving.delete(owner(event));
});

window.addEventListener("pageshow", () => forms.forEach((form) => leaving.delete(form)));

document.addEventListener("htmx:beforeSwap", (event) => {
  const form = owner(event);
  if (!isOwn(event, form) || event.detail.xhr.status === 409) return;
  if (!event.detail.xhr.getResponseHeader("X-Saved")) {
    event.detail.shouldSwap = false;
    tell(form, event.detail.xhr.status === 200 ? "signedOut" : "failed");
    return;
  }
  form.querySelectorAll(".field__findings").forEach((slot) => slot.replaceChildren());
  form.querySelector("[data-lost]").hidden = true;
  const state = changes.get(form);
  changes.set(form, { ...state, saved: state?.sent });
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "conflict") event.detail.target.querySelector("[data-conflict]")?.focus();
});

for (const failure of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    if (owner(event)) tell(owner(event), "offline");
  });
}

// The server's answers at the door come as events after the refused request (portal.accounts.answers).
const held = {
  "session-ended": "signedOut",
  "second-factor-needed": "signedOut",
  "step-up-needed": "signedOut",
  "other-membership": "switched",
};
for (const [name, word] of Object.entries(held)) {
  document.addEventListener(name, (event) => {
    const form = owner(event);
    if (form) setTimeout(() => tell(form, word, event.detail.url));
  });
}

document.addEventListener("form-renewed", (event) => {
  const headers = JSON.parse(document.body.getAttribute("hx-headers"));
  document.body.setAttribute("hx-headers", JSON.stringify({ ...headers, "X-CSRFToken": event.detail.token }));
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = event.detail.token; });
  if (owner(event)) setTimeout(() => send(owner(event)));
});

window.addEventListener("beforeunload", (event) => {
  if (!forms.every(isSaved)) event.preventDefault();
});
