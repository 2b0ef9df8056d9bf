// Moves a paragraph of the editor by dragging its number, or by Alt and an arrow key in it, and puts the new order in
// its place: the page stays where it is. Without this script the buttons of an opened paragraph do the same.
import { letterOf } from "../house/letter.js";
import { withOpened } from "./opened.js";

const form = document.getElementById("placing"), paper = document.getElementById("paper"), bar = document.getElementById("moved");
const PATIENCE = 20000; // milliseconds until no answer counts as no network
const address = (id, step) => form.dataset.action.replace(/\/0\/place$/, `/${id}/${step}`);
const byId = (id) => paper.querySelector(`[data-paragraph="${Number(id)}"]`);
const isTypedIn = () => document.getElementById("text") ||
  [...document.querySelectorAll(".editor textarea, .editor input:not([type=hidden])")].some((one) => one.value !== one.defaultValue);

function fill(fields = {}) {
  form.elements.before.value = fields.before ?? "";
  form.elements.chapter.value = fields.chapter ?? "";
}

let isLeaving = false;
addEventListener("pageshow", () => { isLeaving = false; });
async function leave(action, fields) {
  if (isLeaving) return; // one move for each page that is left
  isLeaving = true;
  form.action = action;
  fill(fields);
  await document.querySelector("draft-form")?.keepNow?.();
  form.submit();
}

let last = Promise.resolve(), waiting = 0, putBack; // one after the other: a key that is held moves by as many places
function send(id, action, fields, showAhead) {
  if (isTypedIn()) {
    sessionStorage.setItem("moved", id);
    return leave(action, fields); // the page that is typed in keeps its words as it is left
  }
  if (!waiting) putBack = asItStands();
  showAhead?.();
  waiting += 1;
  last = last.then(() => stay(id, action, fields)).catch(() => {
    putBack();
    prepare();
    tell(bar.dataset.lost, true);
  });
  return last;
}

function tell(words, cannotUndo) {
  bar.classList.toggle("undone", cannotUndo);
  bar.querySelector("[aria-live]").textContent = words;
}

const numbers = () => [...paper.querySelectorAll("[data-paragraph]:not(.sub) .pn bdi")];

// Return what puts every paragraph back where it is now.
function asItStands() {
  const chapters = [...paper.querySelectorAll("[data-chapter]")].map((one) => [one, [...one.childNodes]]);
  const labels = [...paper.querySelectorAll(".pn bdi")].map((one) => [one, one.textContent]);
  return () => {
    for (const [chapter, nodes] of chapters) chapter.replaceChildren(...nodes);
    for (const [label, words] of labels) label.textContent = words;
  };
}

async function stay(id, action, fields) {
  fill(fields);
  bar.dataset.of = id;
  const address = withOpened(new URL(action, location));
  const headers = { "X-Fetched-By": "arrange" }, signal = AbortSignal.timeout(PATIENCE);
  const answer = await fetch(address, { method: "POST", body: new FormData(form), headers, signal }).finally(() => { waiting -= 1; });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (waiting) return; // a later answer has this move in it too
  if (!page.getElementById("paper")) return location.assign(answer.url); // asks to sign in
  const cannotUndo = !page.querySelector(".head-tools form[action$='/undo']");
  renew(page, id);
  const refused = page.querySelector(".summary");
  const number = byId(id)?.querySelector(".pn").textContent.trim().replace(/\.$/, "");
  const told = (refused ?? page.querySelector(".note[role=status]"))?.textContent.trim().replace(/\s+/g, " ");
  tell(told ?? bar.dataset.words.replace("{number}", number), cannotUndo || action === bar.querySelector("form").action);
}

// One place past its neighbour at once, where no sub-paragraph goes along; the answer then says what is so. The
// neighbour is what moves, for an element that is put elsewhere loses the keyboard.
function ahead(id, step) {
  const me = byId(id), all = [...me.closest("[data-chapter]").querySelectorAll("[data-paragraph]")], here = all.indexOf(me);
  const other = all[here + (step === "up" ? -1 : 1)];
  if (!other || [me, other, all[here + 1], all[here + 2]].some((one) => one?.classList.contains("sub"))) return;
  const at = me.getBoundingClientRect().top, mine = me.querySelector(".pn bdi"), its = other.querySelector(".pn bdi");
  if (step === "up") me.after(other);
  else me.before(other);
  [mine.textContent, its.textContent] = [its.textContent, mine.textContent];
  prepare();
  scrollBy({ top: me.getBoundingClientRect().top - at, behavior: "instant" });
}

// A dragged paragraph is at its new place at once, with its sub-paragraphs; the numbers go on, letters wait for the answer.
function aheadTo(target, me) {
  const all = [...me.closest("[data-chapter]").querySelectorAll("[data-paragraph]")], below = all.slice(all.indexOf(me) + 1);
  const other = below.findIndex((one) => !one.classList.contains("sub"));
  const carried = me.classList.contains("sub") ? [me] : [me, ...below.slice(0, other < 0 ? below.length : other)];
  if (carried.includes(target)) return;
  const labels = numbers().map((one) => one.textContent);
  if (target.dataset.paragraph) target.before(...carried);
  else if (target.querySelector("[data-paragraph]")) [...target.querySelectorAll("[data-paragraph]")].at(-1).after(...carried);
  else target.append(...carried);
  numbers().forEach((one, place) => {
    if (one.textContent === labels[place]) return;
    one.textContent = labels[place];
    prepare([one.closest(".pn")]);
  });
}

// What the answer shows takes the place of what is here; the paragraph stays where the eye has it, the keyboard on it.
function renew(page, id) {
  const at = byId(id)?.getBoundingClientRect().top;
  for (const part of ["#paper", "#checks", ".outline", ".editor aside", ".head-tools"]) {
    const mine = document.querySelector(part), fresh = page.querySelector(part);
    if (mine && fresh) mine.replaceChildren(...document.adoptNode(fresh).childNodes);
  }
  paper.dispatchEvent(new CustomEvent("renewed"));
  const there = byId(id);
  if (!there) return;
  there.querySelector(".pn").focus({ preventScroll: true });
  scrollBy({ top: there.getBoundingClientRect().top - at, behavior: "instant" });
  there.scrollIntoView({ block: "nearest", behavior: "instant" });
}

function mark(target) {
  for (const one of document.querySelectorAll(".drop")) one.classList.remove("drop");
  target?.classList.add("drop");
}

function prepare(changed = paper.querySelectorAll("[data-paragraph] .pn")) {
  const hint = form.dataset.hint.replace(/\s+/g, " ");
  for (const number of changed) {
    number.draggable = true;
    number.tabIndex = 0;
    number.title = hint;
    number.setAttribute("role", "button");
    number.setAttribute("aria-label", `${number.textContent} ${hint}`);
    number.setAttribute("aria-keyshortcuts", "Alt+ArrowUp Alt+ArrowDown C E N V X M");
  }
}
prepare();
paper.addEventListener("renewed", () => prepare());

paper.addEventListener("keydown", (event) => {
  const paragraph = event.target.closest("[data-paragraph]");
  if (!paragraph || event.target.closest("input, textarea, select")) return;
  if (!event.altKey && !event.ctrlKey && !event.metaKey) paragraph.querySelector(`[data-key="${CSS.escape(letterOf(event))}"]`)?.click();
  const step = { ArrowUp: "up", ArrowDown: "down" }[event.key], id = paragraph.dataset.paragraph;
  if (!step || !event.altKey) return;
  event.preventDefault();
  send(id, address(id, step), {}, () => ahead(id, step));
});

// What leaves the page waits for the moves that are under way: the page that comes would not have them yet.
function leavesLater(event, leaveNow) {
  if (!waiting) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  last.then(leaveNow);
}
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.getAttribute("href").startsWith("#")) return;
  leavesLater(event, () => location.assign(link.href));
}, true);
addEventListener("submit", (event) => {
  const action = event.target.getAttribute("action");
  if (!bar.contains(event.target)) leavesLater(event, () => document.querySelector(`form[action="${CSS.escape(action)}"]`)?.requestSubmit());
}, true);

let dragged = null;
paper.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".pn")?.closest("[data-paragraph]") ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.paragraph);
  event.dataTransfer.setDragImage(dragged, 0, 0);
});
paper.addEventListener("dragend", () => { dragged = null; mark(null); });
paper.addEventListener("dragover", (event) => {
  const target = event.target.closest("[data-paragraph], [data-chapter]");
  if (!dragged || !target) return;
  event.preventDefault();
  mark(target);
});
paper.addEventListener("drop", (event) => {
  const target = event.target.closest("[data-paragraph], [data-chapter]");
  if (!dragged || !target || target === dragged) return;
  event.preventDefault();
  const chapter = target.closest("[data-chapter]").dataset.chapter, me = dragged, id = me.dataset.paragraph;
  mark(null);
  send(id, address(id, "place"), { before: target.dataset.paragraph, chapter }, () => aheadTo(target, me));
});

bar.querySelector("form").addEventListener("submit", (event) => {
  if (isTypedIn()) return;
  event.preventDefault();
  send(bar.dataset.of, event.target.action);
});

// The keyboard stays on the paragraph it moved: after the browser has gone to the fragment, which takes the focus away.
const moved = sessionStorage.getItem("moved");
sessionStorage.removeItem("moved");
addEventListener("load", () => requestAnimationFrame(() => byId(moved)?.querySelector(".pn").focus()));

// A link from elsewhere may lead into a closed part of the page: open it.
function open() {
  document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
}
addEventListener("hashchange", open);
open();
