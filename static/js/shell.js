// Small services of every page: focus on error summaries, menus that close, toasts, drop zones, single submits, landing.
document.querySelector("[data-focus]")?.focus();

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// Copies the value of the field it names, and says so in its own words.
document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    document.getElementById("live").textContent = button.dataset.copied;
    button.lastChild.textContent = button.dataset.copied;
  });
});

document.querySelectorAll("[data-dismiss]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => button.closest(".toast").remove());
});

document.addEventListener("click", (event) => {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A second press of a submit button while the first is under way sends nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]") || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; });
});

document.querySelectorAll("[data-drop]").forEach((zone) => {
  const input = zone.querySelector("input[type=file]");
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.dataset.over = "1"; });
  zone.addEventListener("dragleave", () => { delete zone.dataset.over; });
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    delete zone.dataset.over;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
});

// A link to #f-<field> lands on the field itself, in a list of rows on its first occurrence; folded rows open for it.
function land() {
  const anchor = decodeURIComponent(location.hash.slice(1));
  const name = anchor.replace(/^f-/, "");
  if (!name) return;
  const field = document.getElementById(anchor.startsWith("row-") ? anchor : `f-${name}`)
    ?? document.querySelector(`[data-name="${CSS.escape(name)}"]`);
  if (!field) return;
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  field.querySelector(":scope > details")?.setAttribute("open", "");
  field.scrollIntoView({ block: "center" });
  field.querySelector("input:not([type=hidden]), select, textarea")?.focus({ preventScroll: true });
}
window.addEventListener("hashchange", land);
// Not earlier: the browser's own jump to the fragment takes the focus away again.
window.addEventListener("load", () => setTimeout(land));
