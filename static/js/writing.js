// Whoever leaves the form with something unsaved is asked once; saving works without this file.
const form = document.querySelector("[data-writing]");
let unsaved = false;

form.addEventListener("input", () => { unsaved = true; });
form.addEventListener("submit", () => { unsaved = false; });

window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

// A link to a field that an editor or a group of boxes stands for leads there.
form.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#id_']");
  const field = link && document.getElementById(link.hash.slice(1));
  const target = field?.closest(".field, details, fieldset")?.querySelector("[contenteditable], input:not([type=hidden]), select, textarea");
  if (!target) return;
  event.preventDefault();
  const folded = field.closest("details");
  if (folded) folded.open = true;
  target.focus();
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
