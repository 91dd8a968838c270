// Work that takes seconds: says so at once and lets no second press through (form[data-busy], a[data-busy]).
// A button marked data-quiet gives a file and leaves the page as it is. Coming back to the page ends the message.
function show(holder) {
  const note = holder.querySelector("[data-busy-note]") ?? holder.parentElement.querySelector("[data-busy-note]");
  note.textContent = note.dataset.busyNote;
  note.classList.add("busy");
}

function end() {
  document.querySelectorAll("[data-busy-note].busy").forEach((note) => {
    note.textContent = "";
    note.classList.remove("busy");
  });
  document.querySelectorAll("form[data-running]").forEach((form) => { delete form.dataset.running; });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-busy]") || event.defaultPrevented || event.submitter?.matches("[data-quiet]")) return;
  if (form.dataset.running) {
    event.preventDefault();
    return;
  }
  form.dataset.running = "1";
  show(form);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-busy]");
  if (link) setTimeout(() => show(link.parentElement));
});

window.addEventListener("pageshow", end);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") end(); });
