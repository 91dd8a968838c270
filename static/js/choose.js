// A search box over a long list (select[data-search]): the list shows what fits, by name, reading or English name.
// Without this script the list itself, in the order of a dictionary, is the way.
const fold = (text) => text.normalize("NFKC").toLowerCase()
  .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60)).replace(/[\s・]/g, "");

function keep(select, words) {
  for (const option of select.querySelectorAll("option")) {
    const fits = !words || option.selected || fold(`${option.text} ${option.dataset.words ?? ""}`).includes(words);
    option.hidden = option.disabled = !fits;
  }
  for (const group of select.querySelectorAll("optgroup")) group.hidden = !group.querySelector("option:not([hidden])");
}

function choose(select, words) {
  const found = [...select.options].filter((option) => option.value && fold(`${option.text} ${option.dataset.words ?? ""}`).includes(words));
  const first = found.find((option) => fold(option.text).startsWith(words) || fold(option.dataset.words ?? "").startsWith(words)) ?? found[0];
  if (!words || !first) return;
  first.disabled = false;
  first.selected = true;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

function searchable(select) {
  const box = document.createElement("input");
  box.type = "search";
  box.className = "choose";
  box.autocomplete = "off";
  box.placeholder = select.dataset.search;
  box.setAttribute("aria-label", select.dataset.search);
  delete select.dataset.search;
  box.addEventListener("input", (event) => {
    event.stopPropagation(); // looking for a name is no change of the plan
    keep(select, fold(box.value));
  });
  box.addEventListener("change", (event) => event.stopPropagation());
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    choose(select, fold(box.value));
    box.value = "";
    keep(select, "");
  });
  select.before(box);
}

const start = (root) => root.querySelectorAll("select[data-search]").forEach(searchable);
start(document);
document.addEventListener("htmx:afterSwap", (event) => start(event.detail.target));
