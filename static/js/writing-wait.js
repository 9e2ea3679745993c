// Looks again until the pen is free; without this file there is a link that does it.
const seconds = Number(document.querySelector("[data-wait]").dataset.wait);
setTimeout(() => { if (!document.hidden) location.reload(); }, seconds * 1000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) location.reload(); });
