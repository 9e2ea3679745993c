// A button that copies the field beside it. Without it the field can be selected by hand.

for (const group of document.querySelectorAll("[data-copy]")) {
  const field = group.querySelector("input");
  const button = group.querySelector("[data-copy-button]");
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without a secure connection there is no clipboard; the selected text can be copied by key.
      field.focus();
      return;
    }
    button.querySelector("span").textContent = button.dataset.done;
    group.querySelector("[data-copy-status]").textContent = button.dataset.done;
  });
}
