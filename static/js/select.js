// Ticking many rows: one box for all that are shown, and how many are ticked. Without this script each has its own box.
function tell(form) {
  const boxes = [...form.querySelectorAll("input[name=who]")];
  const ticked = boxes.filter((box) => box.checked).length;
  const note = form.querySelector("[data-selected]");
  note.textContent = ticked ? note.dataset.words.replace("{n}", ticked) : "";
  const all = form.querySelector("[data-select-all] input");
  all.checked = ticked > 0 && ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
}

function start() {
  document.querySelectorAll("[data-select-all]").forEach((label) => { label.hidden = false; });
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("form.people");
  if (!form?.querySelector("[data-select-all]")) return;
  if (event.target.closest("[data-select-all]")) {
    form.querySelectorAll("input[name=who]").forEach((box) => { box.checked = event.target.checked; });
  }
  tell(form);
});
// A row that opens for editing takes the focus at its first field; shut again, at the link that opened it.
document.addEventListener("htmx:load", (event) => {
  const row = event.detail.elt;
  if (!row.matches?.("tr[id^=row-participants-]")) return;
  const place = row.matches("[data-editing]") ? "input:not([type=hidden])" : "a[hx-get]";
  row.querySelector(place)?.focus();
});

// A long roster comes in two parts: a link to a row of the second lands once it is there.
document.addEventListener("htmx:load", (event) => {
  const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (row && event.detail.elt.matches?.("tbody") && event.detail.elt.contains(row)) window.dispatchEvent(new Event("hashchange"));
});

document.addEventListener("htmx:afterSwap", start);
start();
