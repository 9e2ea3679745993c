// Reloads until the edit lock is free. Without this file there is a link to try again.
const seconds = Number(document.querySelector("[data-wait]").dataset.wait);
setTimeout(() => { if (!document.hidden) location.reload(); }, seconds * 1000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) location.reload(); });
