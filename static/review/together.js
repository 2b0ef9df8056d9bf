// Shows who else has the report open and where, and what they changed, without a reload. A form that is open stays.
import { lineOf, poll } from "../presence/poll.js";
import { withOpened } from "./opened.js";

const paper = document.getElementById("paper"), outline = document.querySelector(".outline");
const address = outline.dataset.presence, token = () => document.querySelector("#placing [name=csrf_token]").value;
let mine = null;

paper.addEventListener("focusin", (event) => { mine = event.target.closest("[data-chapter]")?.dataset.chapter ?? mine; });
const first = () => document.getElementById("text")?.closest("[data-chapter]")?.dataset.chapter ?? paper.querySelector("[data-chapter]:not(.shut)")?.dataset.chapter;
const where = () => mine ?? first() ?? "";

function show(people) {
  for (const one of outline.querySelectorAll(".pres")) one.remove();
  for (const person of people) {
    const line = lineOf(person, person.writes.length && outline.dataset.writes);
    (outline.querySelector(`a[href$="#ch${Number(person.part)}"]`)?.parentElement ?? outline.querySelector("h2")).append(line);
  }
}

// Whether something is typed or ticked in a part of the page that must stay as it is.
const isInUse = (part) => part.querySelector("#text, input[form=several]:checked, .evidence-of") ||
  [...part.querySelectorAll("textarea, input:not([type=hidden])")].some((one) => one.value !== one.defaultValue);

async function renew() {
  const to = new URL(location);
  for (const name of ["edit", "add", "head", "comment"]) to.searchParams.delete(name);
  const answer = await fetch(withOpened(to), { headers: { "X-Fetched-By": "together" }, redirect: "manual" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement?.closest(".pn")?.closest("[data-paragraph]")?.dataset.paragraph;
  for (const section of paper.querySelectorAll("[data-chapter]")) {
    const fresh = page.querySelector(`#paper [data-chapter="${section.dataset.chapter}"]`);
    if (!fresh || !isInUse(section)) {
      if (fresh) section.replaceWith(document.adoptNode(fresh));
      continue;
    }
    for (const one of section.querySelectorAll("[data-paragraph]")) {
      const other = fresh.querySelector(`[data-paragraph="${one.dataset.paragraph}"]`);
      if (other && !isInUse(one)) one.replaceWith(document.adoptNode(other));
    }
  }
  for (const part of ["#checks", ".outline ol"]) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
  paper.dispatchEvent(new CustomEvent("renewed"));
  if (focused) paper.querySelector(`[data-paragraph="${focused}"] .pn`)?.focus({ preventScroll: true });
}

poll(address, { where, token, async heard({ people, mark }) {
  if (outline.querySelector("ol").dataset.mark !== mark) await renew(); // a move of one's own has drawn it already
  show(people);
} });
