// Comfort only: every page works without this file.
// Not a module: on the writing page an import map follows, and some browsers take none after the first module.
{
  // Menus made of <details>: Escape and a click elsewhere close them.
  const openMenus = () => document.querySelectorAll("details[data-menu][open]");

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      const held = menu.contains(document.activeElement);
      menu.open = false;
      if (held) menu.querySelector("summary").focus();
    }
  });

  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // What cannot be undone asks once more.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-confirm]");
    if (button && !window.confirm(button.dataset.confirm)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  }, { capture: true });

  document.addEventListener("click", (event) => {
    event.target.closest("[data-dismiss]")?.closest("[data-message]").remove();
  });

  // Dialogs: the link's page or anchor when there is no script, the page's own <dialog> when there is one.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    const dialog = link && document.getElementById(link.dataset.dialog);
    if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog.showModal();
  });
  document.addEventListener("click", (event) => {
    // The backdrop belongs to the dialog; what lies in it does not.
    if (event.target instanceof HTMLDialogElement && event.target.classList.contains("dialog")) {
      const box = event.target.getBoundingClientRect();
      const outside = event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
      if (outside) event.target.close();
    }
  });

  // Toasts: what happened, said without moving the page. Errors stay until they are dismissed; the rest goes by itself,
  // but never while somebody is at it.
  const SHOWN_FOR = 8000;
  document.addEventListener("toast", ({ detail }) => {
    const toasts = document.getElementById("toasts");
    const tone = detail.tone ?? "success";
    const drawn = document.querySelector(`template[data-toast="${tone}"]`)?.content.cloneNode(true);
    if (!toasts || !drawn) return;
    drawn.querySelector("p").textContent = detail.text;
    const toast = drawn.firstElementChild;
    toasts.append(toast);
    if (tone === "danger") return;
    const leave = () => (toast.matches(":hover, :focus-within") ? setTimeout(leave, SHOWN_FOR) : toast.remove());
    setTimeout(leave, SHOWN_FOR);
  });

  // After a refused form, the summary of what to correct is read first.
  document.querySelector("[data-focus]")?.focus();
}
