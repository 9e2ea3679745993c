// A button that copies the field beside it. Without this file the field can be selected by hand.

for (const group of document.querySelectorAll("[data-copy]")) {
  const field = group.querySelector("input");
  const button = group.querySelector("[data-copy-button]");
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // The clipboard needs a secure connection. Select the text so that it can be copied by keyboard.
      field.focus();
      return;
    }
    button.querySelector("span").textContent = button.dataset.done;
    group.querySelector("[data-copy-status]").textContent = button.dataset.done;
  });
}
