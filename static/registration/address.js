// The page after the form is the same for everybody, so the server does not say there where it wrote. The browser that
// sent the form knows: it keeps the address in this tab, and forgets it with it.
const KEY = "registration address";
const email = document.querySelector("form[enctype] #email");
const shown = document.querySelector("[data-written-to]");

email?.form.addEventListener("submit", () => sessionStorage.setItem(KEY, email.value.trim()));
const address = shown && sessionStorage.getItem(KEY);
if (address) {
  shown.querySelector("bdi").textContent = address;
  shown.hidden = false;
}
