// An address with #p7 leads to paragraph 7 of a long report on whichever of its pages it stands; the server knows it.
// Without this script the form for a number does.
const part = document.querySelector("[data-places]");

function lead() {
  const place = decodeURIComponent(location.hash.slice(1));
  if (!part || !/^(p|r|annex|fn|ref)\d[\w-]*$/.test(place) || document.getElementById(place)) return;
  location.replace(new URL(`${part.dataset.places}${place}${location.search}`, location.href));
}
addEventListener("hashchange", lead);
lead();
