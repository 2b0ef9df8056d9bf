// A copy of what is typed over a paragraph in this browser, until it is saved: it outlives a lost network and a closed
// window. What the server kept since is newer and wins.
const PREFIX = "typed:";
const form = document.querySelector("form[data-typed]");

if (form) {
  const key = `${PREFIX}${location.pathname.replace(/\/paragraphs\/.*$/, "")}:${form.dataset.typed}`;
  const { text, base, version } = form.elements;
  const kept = JSON.parse(localStorage.getItem(key) ?? "null");
  if (kept && kept.base === base.value && kept.text !== text.value) {
    text.value = kept.text;
    version.value = kept.version; // saving over a newer one shows both
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const copy = (sent) => localStorage.setItem(key, JSON.stringify({ text: text.value, base: base.value, version: version.value, sent }));
  text.addEventListener("input", () => copy(false));
  form.addEventListener("submit", () => copy(true));
} else {
  // The editor answers with this page once what was sent is saved.
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX + location.pathname) && JSON.parse(localStorage.getItem(key)).sent) localStorage.removeItem(key);
  }
}
