// Of a long report some chapters are open, and of a long chapter a part is drawn: an address that has to show the same.
const paper = document.getElementById("paper");

export function withOpened(to) {
  if (!paper.querySelector(".shut, .shut-part")) return to;
  const add = (name, value) => to.searchParams.getAll(name).includes(value) || to.searchParams.append(name, value);
  for (const one of paper.querySelectorAll("[data-chapter]:not(.shut)")) {
    add("chapter", one.dataset.chapter);
    for (const first of one.dataset.parts.split(" ").filter(Boolean)) add("paragraph", first);
  }
  return to;
}
