// Choosing paragraphs: shift takes all between two, X chooses, M goes to the number they are moved to. The bar shows
// while something is chosen; without this script it is always there.
import { letterOf } from "../house/letter.js";
import { withOpened } from "./opened.js";

const bar = document.getElementById("several"), paper = document.getElementById("paper");
const ticks = () => [...paper.querySelectorAll("input[form=several]")];
let last = null;

function count() {
  const many = ticks().filter((one) => one.checked).length;
  bar.querySelector("output").value = many || "";
  bar.classList.toggle("idle", !many);
}
count();
paper.addEventListener("renewed", count);

paper.addEventListener("click", (event) => {
  if (!event.target.matches("input[form=several]")) return;
  const all = ticks(), here = all.indexOf(event.target), there = all.indexOf(last);
  if (event.shiftKey && there >= 0) {
    for (const one of all.slice(Math.min(here, there), Math.max(here, there) + 1)) one.checked = event.target.checked;
  }
  last = event.target;
  count();
});

paper.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  const tick = event.target.closest("[data-paragraph]")?.querySelector("input[form=several]"), key = letterOf(event);
  if (!tick || (key !== "x" && key !== "m")) return;
  event.preventDefault();
  if (key === "x" || !tick.checked) tick.click();
  if (key === "m") bar.elements.number.focus();
});

// Enter in the field moves; the first button would be taken for it anyway. A move keeps the chapters that are open.
bar.addEventListener("submit", () => {
  bar.action = withOpened(new URL(bar.action)).href;
});
