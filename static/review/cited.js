// The notes behind a paragraph of a published report, read when they are opened. Without this script a link leads to them.
async function fetched(link) {
  const answer = await fetch(link.href, { headers: { "X-Fetched-By": "cited" } });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return document.adoptNode(page.getElementById("evidence"));
}

async function open(part) {
  const link = part.querySelector("p > a");
  part.removeAttribute("data-evidence"); // once
  part.setAttribute("aria-busy", "true");
  try {
    const evidence = await fetched(link);
    evidence.removeAttribute("id");
    link.parentElement.replaceWith(evidence);
  } catch {
    part.setAttribute("data-evidence", ""); // the link stays, and is tried again
  } finally {
    part.removeAttribute("aria-busy");
  }
}

document.addEventListener("toggle", (event) => {
  if (event.target.open && event.target.matches("[data-evidence]")) open(event.target);
}, true);

// The letter behind a sentence leads to its notes: they are there to be read.
function follow() {
  const part = document.getElementById(location.hash.slice(1));
  if (part?.matches("details.evidence")) part.open = true;
}
addEventListener("hashchange", follow);
follow();
