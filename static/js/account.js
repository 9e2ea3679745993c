// Copies recovery codes, and warns before leaving the page without them.

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const items = document.getElementById(button.dataset.copy).querySelectorAll("li");
    await navigator.clipboard.writeText([...items].map((item) => item.textContent.trim()).join("\n"));
    button.textContent = button.dataset.copied;
  });
}

const stay = (event) => event.preventDefault();

for (const box of document.querySelectorAll("[data-stay-until-checked]")) {
  window.addEventListener("beforeunload", stay);
  box.addEventListener("change", () => {
    if (box.checked) window.removeEventListener("beforeunload", stay);
    else window.addEventListener("beforeunload", stay);
  });
}
