// Whoever leaves the form with something unsaved is asked once; saving works without this file.
const form = document.querySelector("[data-writing]");
let unsaved = false;

form.addEventListener("input", () => { unsaved = true; });
form.addEventListener("submit", () => { unsaved = false; });

window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

// The editor takes the place of a labelled field and has no name of its own for screen readers.
const nameEditors = () => {
  for (const box of form.querySelectorAll("[role=textbox][contenteditable]:not([aria-label])")) {
    const label = box.closest(".field").querySelector("label");
    box.setAttribute("aria-label", label.firstChild.textContent.trim());
  }
};
new MutationObserver(nameEditors).observe(form, { childList: true, subtree: true });
nameEditors();
