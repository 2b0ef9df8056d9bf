// What this browser keeps of a report and neither the server nor the page knows of: one line for each, with the way back to it.
import { Store } from "../drafts/store.js";
import { valueOf } from "../drafts/fields.js";

const list = document.getElementById("left-here");
const page = new URL(list.dataset.page, location).pathname, mine = list.dataset.person;
const opened = document.querySelector("form[data-typed]");
// The key that saves a note saves a paragraph too.
if (opened) {
  const save = opened.querySelector("button.go"), key = document.createElement("kbd");
  key.textContent = "Ctrl ↵";
  key.ariaHidden = "true";
  save.append(" ", key);
  save.setAttribute("aria-keyshortcuts", "Control+Enter");
  opened.elements.text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!event.repeat) opened.requestSubmit(save);
  });
}

const placeOf = (row) => row.page.split("#")[1] ?? "";
const store = await Store.open();
const rows = (await store.texts(mine)).filter((row) => row.page.startsWith(`${page}#`));

// The editor's answer names the place whose words it has saved.
const here = new URL(location), saved = here.searchParams.get("saved");
if (saved) {
  await store.change({ drop: rows.filter((row) => `${mine}:${placeOf(row)}` === saved).map((row) => row.id) });
  here.searchParams.delete("saved");
  history.replaceState(history.state, "", here);
}

for (const row of rows) {
  const place = placeOf(row), [, kind, id] = place.match(/^(after-|head-)?(\d+)$/) ?? [], text = valueOf(row.fields, "text");
  const isOpen = opened?.closest("draft-form").dataset.page === row.page;
  if (!id || !text?.trim() || isOpen || `${mine}:${place}` === saved || document.querySelector(`[data-unsaved="${mine}:${place}"]`)) continue;
  const line = document.createElement("li"), words = document.createElement("p"), drop = document.createElement("button");
  words.dir = "auto";
  words.className = "said";
  words.textContent = text;
  line.append(words);
  if (document.getElementById(`${kind === "head-" ? "ch" : "para-"}${id}`) || document.querySelector(`[data-holds~="${id}"]`)) {
    const go = document.createElement("a");
    go.className = "btn";
    go.href = list.dataset[{ "after-": "after", "head-": "head" }[kind] ?? "edit"].replace("=0", `=${id}`) + "#text";
    go.textContent = list.dataset.go;
    line.append(go);
  }
  drop.className = "btn";
  drop.textContent = list.dataset.drop;
  drop.addEventListener("click", async () => {
    await store.change({ drop: [row.id] });
    line.remove();
    list.hidden = !list.querySelector("li");
  });
  line.append(drop);
  list.querySelector("ul").append(line);
  list.hidden = false;
}
document.documentElement.dataset.tidied = "";
