// Enhancements only: every page works without this file. Not a module, because the writing page has an import map, and
// some browsers reject import maps after the first module.
{
  // Menus made of <details> close on Escape and on a click outside.
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

  // Confirm actions that cannot be undone.
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

  // Links that open a <dialog> on the page. Without JavaScript they lead to a page or anchor.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    const dialog = link && document.getElementById(link.dataset.dialog);
    if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog.showModal();
  });
  document.addEventListener("click", (event) => {
    // A click on the backdrop has the dialog as its target, but lies outside its box.
    if (event.target instanceof HTMLDialogElement && event.target.classList.contains("dialog")) {
      const box = event.target.getBoundingClientRect();
      const outside = event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
      if (outside) event.target.close();
    }
  });

  // Toasts report results without moving the page. Errors stay until dismissed. The others disappear, unless hovered or
  // focused.
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

  // Focus the error summary after a form was refused.
  document.querySelector("[data-focus]")?.focus();
}
