// The whole screen for the room. A browser leaves it where another page is opened, so here what the links and forms of
// the screen lead to is put in the place of what is there.
import { letterOf } from '../house/letter.js';

const here = location.pathname;
const isFull = () => document.fullscreenElement !== null;

function draw() {
  const button = document.getElementById("full-screen");
  if (!button) return;
  button.hidden = !document.fullscreenEnabled;
  button.textContent = isFull() ? button.dataset.leave : button.dataset.enter;
}

function turn() {
  if (isFull()) document.exitFullscreen();
  else document.documentElement.requestFullscreen().catch(() => {});
}

async function put(address, request, otherwise) {
  try {
    const answer = await fetch(address, request);
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
    const path = new URL(answer.url).pathname;
    if (!found?.querySelector("#full-screen")) return otherwise();
    if (path === here) history.replaceState(null, "", answer.url); // a refusal has the address of what was sent
    document.getElementById("main").replaceWith(found);
    draw();
    const heading = document.getElementById("room-number");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
    scrollTo(0, 0);
  } catch {
    otherwise();
  }
}

addEventListener("click", (event) => {
  if (event.target.closest("#full-screen")) return turn();
  const link = event.target.closest("#main a");
  if (!link || !isFull() || link.origin !== location.origin || link.pathname !== here || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  put(link.href, {}, () => location.assign(link.href));
});
addEventListener("submit", (event) => {
  const form = event.target;
  if (!isFull() || !form.closest("#main")) return;
  event.preventDefault();
  put(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)) }, () => form.submit());
});
addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || event.target.closest("input, textarea, select")) return;
  if (letterOf(event) === "f" && document.fullscreenEnabled) turn();
});
addEventListener("fullscreenchange", draw);
draw();
