// The inbox by keyboard: inside the list the arrow keys, Home and End move from plan to plan; Enter opens as any link.
const links = () => [...document.querySelectorAll(".inbox tbody th a")];

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.(".inbox tbody th a");
  if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
  const all = links();
  const here = all.indexOf(row);
  const target = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
  if (target === undefined || !all[target]) return;
  event.preventDefault();
  all[target].focus();
});
