// Keys for the room: A adopts the paragraph on the screen, the arrows go to the one before and the next.
import { letterOf } from '../house/letter.js';

const isTurned = getComputedStyle(document.documentElement).direction === "rtl"; // then the next one is to the left
const ways = isTurned ? { ArrowLeft: "next", ArrowRight: "prev" } : { ArrowLeft: "prev", ArrowRight: "next" };
addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  // A key that is held would adopt the following paragraphs too, which the room has not seen.
  if (letterOf(event) === "a" && !event.repeat) document.getElementById("adopting")?.requestSubmit();
  else if (ways[event.key]) document.querySelector(`a[rel="${ways[event.key]}"]`)?.click();
});
