// Opens the evidence of a paragraph under it, and searches there. Without this script its links lead to a page of their own.
const AGAIN = "evidence"; // the paragraph whose evidence was open when a form in it was sent
const paper = document.getElementById("paper");
const toggle = (paragraph) => paragraph.querySelector('[data-key="v"]');

async function fetched(address) {
  const answer = await fetch(address, { headers: { "X-Fetched-By": "evidence" }, redirect: "manual" });
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return document.adoptNode(page.getElementById("evidence"));
}

async function show(paragraph, address) {
  paragraph.setAttribute("aria-busy", "true");
  const link = toggle(paragraph), evidence = await fetched(address).finally(() => paragraph.removeAttribute("aria-busy"));
  close(paragraph);
  evidence.id = `ev-${paragraph.dataset.paragraph}`;
  paragraph.querySelector(".ev").after(evidence);
  link.setAttribute("aria-expanded", "true");
  link.setAttribute("aria-controls", evidence.id);
  return evidence;
}

function close(paragraph) {
  paragraph.querySelector(".evidence-of")?.remove();
  toggle(paragraph).setAttribute("aria-expanded", "false");
  toggle(paragraph).removeAttribute("aria-controls");
}

function prepare() {
  for (const link of paper.querySelectorAll('[data-key="v"]:not([role])')) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
  }
}
paper.addEventListener("renewed", prepare); // a paragraph was moved, a chapter opened
prepare();

paper.addEventListener("keydown", (event) => {
  if (event.key === " " && event.target.matches('[data-key="v"]')) {
    event.preventDefault();
    event.target.click();
  }
});

paper.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-opens]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const paragraph = link.closest("[data-paragraph]"), source = new URL(link.href).hash.slice(1);
  if (!source && paragraph.querySelector(".evidence-of")) return close(paragraph);
  try {
    if (!document.getElementById(source)) await show(paragraph, link.href);
  } catch {
    location.assign(link.href); // the browser says what is wrong, or asks to sign in
  }
  if (source) document.getElementById(source)?.focus();
});

paper.addEventListener("submit", async (event) => {
  const form = event.target, panel = form.closest(".evidence-of");
  if (!panel) return;
  const paragraph = form.closest("[data-paragraph]");
  if (form.method !== "get") return sessionStorage.setItem(AGAIN, paragraph.dataset.paragraph);
  event.preventDefault();
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  try {
    const fresh = await show(paragraph, address);
    (fresh.querySelector(".found-line") ?? fresh.querySelector("input[type=search]")).focus();
  } catch {
    location.assign(address);
  }
});

// A source was cited or taken out: its paragraph shows its evidence again, and the keyboard stays with it.
const again = document.querySelector(`[data-paragraph="${Number(sessionStorage.getItem(AGAIN))}"]`);
sessionStorage.removeItem(AGAIN);
if (again) show(again, toggle(again).href).then(() => toggle(again).focus({ preventScroll: true })).catch(() => {});
