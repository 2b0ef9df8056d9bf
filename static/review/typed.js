// A copy of what is typed over a paragraph, or as a new one, in this browser, until the server has saved it: it outlives a
// lost network and a closed window. What the server kept since is newer and wins.
const PREFIX = "typed:";
const page = location.pathname.replace(/\/(paragraphs|chapters)\/.*$/, "");
const nameOf = (place) => `${PREFIX}${page}:${place}`;
const form = document.querySelector("form[data-typed]");

// The editor's answer names the place whose words it has saved.
const here = new URL(location);
if (here.searchParams.has("saved")) {
  localStorage.removeItem(nameOf(here.searchParams.get("saved")));
  here.searchParams.delete("saved");
  history.replaceState(history.state, "", here);
}

if (form) {
  const name = nameOf(form.dataset.typed);
  const { text, base, version } = form.elements;
  const kept = JSON.parse(localStorage.getItem(name) ?? "null");
  const copy = () => localStorage.setItem(name, JSON.stringify({ text: text.value, base: base.value, version: version?.value }));
  if (kept && kept.base === base.value && kept.text !== text.value) {
    text.value = kept.text;
    if (version) version.value = kept.version; // saving over a newer one shows both
    text.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (text.value !== text.defaultValue) copy(); // typed before this was loaded
  text.addEventListener("input", copy);
  form.addEventListener("submit", copy);
  // The key that saves a note saves a paragraph too.
  const save = form.querySelector("button.go"), key = document.createElement("kbd");
  key.textContent = "Ctrl ↵";
  key.ariaHidden = "true";
  save.append(" ", key);
  save.setAttribute("aria-keyshortcuts", "Control+Enter");
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!event.repeat) form.requestSubmit(save);
  });
}

// What this browser kept and neither the server nor the page knows of: one line for each, with the way back to it.
const list = document.getElementById("left-here");
for (const name of list ? Object.keys(localStorage).filter((one) => one.startsWith(nameOf(`${list.dataset.person}:`))) : []) {
  const place = name.slice(nameOf("").length), [, kind, id] = place.match(/:(after-|head-)?(\d+)$/) ?? [];
  const { text } = JSON.parse(localStorage.getItem(name));
  if (!id || !text.trim() || form?.dataset.typed === place || document.querySelector(`[data-unsaved="${place}"]`)) continue;
  const line = document.createElement("li"), words = document.createElement("p"), drop = document.createElement("button");
  words.dir = "auto";
  words.className = "said";
  words.textContent = text;
  line.append(words);
  const target = document.getElementById(`${kind === "head-" ? "ch" : "para-"}${id}`);
  if (target) {
    const go = document.createElement("a");
    go.className = "btn";
    go.href = list.dataset[{ "after-": "after", "head-": "head" }[kind] ?? "edit"].replace("=0", `=${id}`) + "#text";
    go.textContent = list.dataset.go;
    line.append(go);
  }
  drop.className = "btn";
  drop.textContent = list.dataset.drop;
  drop.addEventListener("click", () => {
    localStorage.removeItem(name);
    line.remove();
    list.hidden = !list.querySelector("li");
  });
  line.append(drop);
  list.querySelector("ul").append(line);
  list.hidden = false;
}
