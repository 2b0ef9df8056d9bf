// Asks for the findings of each closed chapter, one after the other, and puts them at its title and in the outline.
// Without this script the numbers there are those of the evidence alone, as the page counts them.
const paper = document.getElementById("paper"), outline = document.querySelector(".outline");
const known = new Map(); // what was found, by chapter, as long as the report is as it was
let mark = "", round = 0;

async function ask(section) {
  const answer = await fetch(section.dataset.findings, { headers: { "X-Fetched-By": "closed" }, redirect: "manual" });
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
}

function put(section, page) {
  const count = page.querySelector("[data-count] .found"), list = page.querySelector(".checks");
  const link = outline.querySelector(`a[href$="#ch${Number(section.dataset.chapter)}"] > span`);
  for (const [place, before] of [[section.querySelector("p"), null], [link, link?.children[1]]]) {
    place?.querySelector(".found")?.remove();
    if (place && count) place.insertBefore(count.cloneNode(true), before ?? place.querySelector(".talk-count"));
  }
  section.querySelector(".checks")?.remove();
  if (!list?.children.length) return;
  const here = list.cloneNode(true);
  for (const one of here.querySelectorAll("a")) one.setAttribute("href", one.hash); // opened in its place: chapters.js
  section.append(here);
}

async function look() {
  const mine = ++round, now = outline.querySelector("ol").dataset.mark;
  if (now !== mark) known.clear();
  mark = now;
  for (const section of paper.querySelectorAll(".shut[data-findings]")) {
    const chapter = section.dataset.chapter;
    const page = known.get(chapter) ?? await ask(section).catch(() => null);
    if (mine !== round) return; // the page was drawn anew meanwhile
    if (!page) continue;
    known.set(chapter, page);
    if (section.isConnected) put(section, page);
  }
}

paper.addEventListener("renewed", look);
look();
