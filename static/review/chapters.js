// Opens a chapter of a long report in its place. Without this script its title leads to the page that shows it.
import { withOpened } from "./opened.js";

const paper = document.getElementById("paper");

// The page as it is, with this chapter open too: what is open costs, so the rest stays closed.
function address(section) {
  return withOpened(new URL(section.querySelector("a[data-open]").href));
}

async function open(section) {
  const to = address(section), id = section.dataset.chapter;
  section.setAttribute("aria-busy", "true");
  const answer = await fetch(to, { headers: { "X-Fetched-By": "chapters" }, redirect: "manual" });
  const page = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page && page.querySelector(`[data-chapter="${id}"]:not(.shut)`);
  if (!fresh) return location.assign(to); // the browser says what is wrong, or asks to sign in
  section.replaceWith(document.adoptNode(fresh));
  for (const part of ["#checks", ".outline ol"]) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
  history.replaceState(history.state, "", to.href.split("#")[0] + location.hash);
  paper.dispatchEvent(new CustomEvent("renewed"));
  const head = fresh.querySelector(".chap");
  head.tabIndex = -1;
  head.focus({ preventScroll: true });
}

addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[href*='#']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
  const section = link.matches("[data-open]") ? link.closest(".shut")
    : link.closest(".outline") && document.getElementById(link.hash.slice(1))?.closest(".shut");
  if (!section || document.getElementById("text")) return; // a form that is open stays with its page
  event.preventDefault();
  await open(section);
  document.getElementById(link.hash.slice(1))?.scrollIntoView();
});

// A link from elsewhere may lead to a paragraph of a closed chapter.
async function follow() {
  const number = location.hash.match(/^#para-(\d+)$/)?.[1];
  const section = number && paper.querySelector(`[data-holds~="${number}"]`);
  if (!section) return;
  if (section.matches(".shut-part")) return location.assign(section.querySelector("a").href.split("#")[0] + location.hash);
  await open(section);
  const there = document.getElementById(`para-${number}`);
  if (there) there.scrollIntoView();
  else if (section.isConnected === false) await follow(); // it is in a part of the chapter that is not drawn
}
addEventListener("hashchange", follow);
follow();
