// Moves a note to another paragraph by dragging its reference there. Without this script, and by keyboard, the form
// below a group does the same: this one sends it.
const paper = document.getElementById("paper"), form = document.getElementById("telling");
let dragged = null;

const paragraphOf = (part) => part.closest?.("[data-paragraph]");

function mark(target) {
  for (const one of paper.querySelectorAll(".drop")) one.classList.remove("drop");
  target?.classList.add("drop");
}

// The number as it is printed: "7", or "7 (a)" for a sub-paragraph.
function numberOf(paragraph) {
  const label = (one) => one.querySelector(".pn bdi").textContent.trim().replace(/\.$/, "");
  if (!paragraph.classList.contains("sub")) return label(paragraph);
  const all = [...paper.querySelectorAll("[data-paragraph]")];
  const above = all.slice(0, all.indexOf(paragraph)).findLast((one) => !one.classList.contains("sub"));
  return `${above ? label(above) : ""} ${label(paragraph)}`.trim();
}

function prepare() {
  for (const chip of paper.querySelectorAll(".chip[data-note]")) chip.title = form.dataset.hint;
}

paper.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".chip[data-note]") ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.note);
});
paper.addEventListener("dragend", () => { dragged = null; mark(null); });
paper.addEventListener("dragover", (event) => {
  if (!dragged) return;
  const target = paragraphOf(event.target);
  mark(target && target !== paragraphOf(dragged) ? target : null);
  if (target) event.preventDefault();
});
paper.addEventListener("drop", async (event) => {
  const target = paragraphOf(event.target);
  if (!dragged || !target) return;
  event.preventDefault();
  mark(null);
  if (target === paragraphOf(dragged)) return;
  form.elements.note.value = dragged.dataset.note;
  form.elements.number.value = numberOf(target);
  await document.querySelector("draft-form")?.keepNow?.(); // the page that is typed in keeps its words as it is left
  form.requestSubmit();
});
paper.addEventListener("renewed", prepare);
prepare();
