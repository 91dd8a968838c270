// Rows of a part formset: a row that htmx just added takes the focus at its first field.
document.addEventListener("htmx:afterSwap", (event) => {
  if (!event.detail.target.id.startsWith("rows-")) return;
  const row = event.detail.target.lastElementChild;
  row?.querySelector("input:not([type=hidden], [data-delete]), select, textarea")?.focus();
});
