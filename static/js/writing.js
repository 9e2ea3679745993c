// Whoever leaves the form with something unsaved is asked once; saving works without this file.
const form = document.querySelector("[data-writing]");
let unsaved = false;

form.addEventListener("input", () => { unsaved = true; });
form.addEventListener("submit", () => { unsaved = false; });

window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
