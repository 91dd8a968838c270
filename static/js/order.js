// The order of rows (ol.rows): dragged by the grip, or moved by the buttons beside it, which work without this script too.
const holder = (element) => element.closest?.("[data-row]");
const told = document.querySelector("[data-moved]");
let dragged = null;

function number(list) {
  [...list.children].forEach((row, place) => {
    const shown = row.querySelector("[data-place]");
    if (shown) shown.textContent = place + 1;
  });
}

function settle(row) {
  const list = row.parentElement;
  number(list);
  if (told) told.textContent = told.dataset.words.replace("{n}", [...list.children].indexOf(row) + 1);
  row.querySelector("input[type=hidden]").dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  event.preventDefault();
  const row = holder(button);
  const beside = button.dataset.move === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (!beside) return;
  if (button.dataset.move === "up") beside.before(row);
  else beside.after(row);
  // At the end of the list this way is closed: the focus goes to the other button.
  const open = row[button.dataset.move === "up" ? "previousElementSibling" : "nextElementSibling"];
  (open ? button : row.querySelector(`[data-move]:not([data-move="${button.dataset.move}"])`)).focus();
  settle(row);
});

document.addEventListener("dragstart", (event) => {
  if (!event.target.closest?.("[data-grip]")) return;
  dragged = holder(event.target);
  dragged.dataset.dragged = "";
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", "");
  event.dataTransfer.setDragImage(dragged, 24, 24);
});

document.addEventListener("dragover", (event) => {
  const over = dragged && holder(event.target);
  if (!over || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  if (over === dragged) return;
  const box = over.getBoundingClientRect();
  if (event.clientY < box.top + box.height / 2) over.before(dragged);
  else over.after(dragged);
});

document.addEventListener("drop", (event) => {
  if (dragged) event.preventDefault();
});

document.addEventListener("dragend", () => {
  if (!dragged) return;
  delete dragged.dataset.dragged;
  settle(dragged);
  dragged = null;
});

// A button that still had its name would go along with the next autosave, and the row would move twice.
function wake() {
  document.querySelectorAll("[data-grip]").forEach((grip) => { grip.hidden = false; });
  document.querySelectorAll("[data-move][name]").forEach((button) => {
    button.type = "button";
    button.removeAttribute("name");
  });
}

document.addEventListener("htmx:afterSwap", wake);
wake();
