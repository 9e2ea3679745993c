// Translates the text editor, which supports few languages, with the words in the page
// (templates/practices/writing/editor_words.html). Not a module, because it has to run before the editor's own, and a
// module must not precede their import map.
{
  const list = document.getElementById("editor-words").content.querySelectorAll("[data-word]");
  const words = new Map([...list].map((word) => [word.dataset.word, word.textContent]));

  // The editor translates the texts of its dialogs with this.
  window.gettext = (text) => words.get(text) ?? text;

  const rename = (bar) => {
    for (const button of bar.querySelectorAll("button[title]")) {
      const word = words.get(button.title);
      if (!word) continue;
      button.title = word;
      button.setAttribute("aria-label", word);
    }
    for (const option of bar.querySelectorAll(".prose-menubar__option > *")) {
      const word = words.get(option.textContent);
      // Setting the same text again would trigger this observer forever.
      if (word && word !== option.textContent) option.textContent = word;
    }
  };

  new MutationObserver((changes) => {
    const bars = new Set();
    for (const { target, addedNodes } of changes) {
      const bar = target.closest?.(".prose-menubar");
      if (bar) bars.add(bar);
      for (const node of addedNodes) {
        if (node.matches?.(".prose-menubar")) bars.add(node);
      }
    }
    bars.forEach(rename);
  }).observe(document.querySelector("[data-writing]"), { childList: true, subtree: true });
}
