// Counts a reader once the page has been visible for ten seconds.
{
  const LOOKED_AT = 10_000;
  const address = document.querySelector("[data-read]")?.dataset.read;
  let since = null;
  let looked = 0;
  let timer;

  const run = () => {
    since = Date.now();
    timer = setTimeout(() => {
      document.removeEventListener("visibilitychange", watch);
      navigator.sendBeacon(address);
    }, LOOKED_AT - looked);
  };
  const pause = () => {
    clearTimeout(timer);
    if (since) looked += Date.now() - since;
    since = null;
  };
  const watch = () => (document.hidden ? pause() : run());

  if (address) {
    document.addEventListener("visibilitychange", watch);
    if (!document.hidden) run();
  }
}
