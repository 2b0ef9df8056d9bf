// Moves a paragraph of the editor by dragging its number, or by Alt and an arrow key in it. Without this script the
// buttons of an opened paragraph do the same.
const form = document.getElementById("placing");
const address = (id, step) => form.dataset.action.replace(/\/0\/place$/, `/${id}/${step}`);

function send(action, fields = {}) {
  form.action = action;
  form.elements.before.value = fields.before ?? "";
  form.elements.chapter.value = fields.chapter ?? "";
  form.submit();
}

function mark(target) {
  for (const one of document.querySelectorAll(".drop")) one.classList.remove("drop");
  target?.classList.add("drop");
}

let dragged = null;
for (const paragraph of document.querySelectorAll("[data-paragraph]")) {
  const number = paragraph.querySelector(".pn");
  number.draggable = true;
  number.tabIndex = 0;
  number.title = form.dataset.hint;
  number.setAttribute("role", "button");
  number.setAttribute("aria-label", `${number.textContent} ${form.dataset.hint}`);
  number.addEventListener("dragstart", (event) => {
    dragged = paragraph;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", paragraph.dataset.paragraph);
    event.dataTransfer.setDragImage(paragraph, 0, 0);
  });
  number.addEventListener("dragend", () => { dragged = null; mark(null); });
  number.setAttribute("aria-keyshortcuts", "Alt+ArrowUp Alt+ArrowDown C E N V");
  paragraph.addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea, select")) return;
    if (!event.altKey && !event.ctrlKey && !event.metaKey) paragraph.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
    const step = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (!step || !event.altKey) return;
    event.preventDefault();
    sessionStorage.setItem("moved", paragraph.dataset.paragraph);
    send(address(paragraph.dataset.paragraph, step));
  });
}

document.getElementById("paper").addEventListener("dragover", (event) => {
  const target = event.target.closest("[data-paragraph], [data-chapter]");
  if (!dragged || !target) return;
  event.preventDefault();
  mark(target);
});
document.getElementById("paper").addEventListener("drop", (event) => {
  const target = event.target.closest("[data-paragraph], [data-chapter]");
  if (!dragged || !target || target === dragged) return;
  event.preventDefault();
  const chapter = target.closest("[data-chapter]").dataset.chapter;
  send(address(dragged.dataset.paragraph, "place"), { before: target.dataset.paragraph, chapter });
});

// The keyboard stays on the paragraph it moved: after the browser has gone to the fragment, which takes the focus away.
const moved = sessionStorage.getItem("moved");
sessionStorage.removeItem("moved");
addEventListener("load", () => requestAnimationFrame(() => {
  document.querySelector(`[data-paragraph="${Number(moved)}"] .pn`)?.focus();
}));

// A link from elsewhere may lead into a closed part of the page: open it.
function open() {
  document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
}
addEventListener("hashchange", open);
open();
