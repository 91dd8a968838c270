// Confirm dialogs: <a href="page twin" data-dialog="id"> opens <dialog id>. Without this script the twin page opens.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
      dialog.addEventListener("close", () => opener.focus(), { once: true });
    }
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
});
