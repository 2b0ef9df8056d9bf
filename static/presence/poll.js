// Asks a small address every few seconds, and says now and then where one is. For any page that several people work on.
// A page that is hidden or has no network asks nothing; one that is shown again asks at once.
const EVERY = 3000, SAYS = 10000, PATIENCE = 20000; // milliseconds; PATIENCE: until no answer counts as no network
const headers = { "X-Fetched-By": "presence" };

// `where` tells the part of the page one is in, "" for none; `heard` is given who else is there, and the mark of the page.
export function poll(address, { where = () => "", token, heard }) {
  let spoken = 0, place, isAsking = false;

  async function say() {
    const part = where();
    if (part === place && Date.now() - spoken < SAYS) return;
    [place, spoken] = [part, Date.now()];
    const body = new FormData();
    body.append("part", part);
    body.append("csrf_token", token());
    await fetch(address, { method: "POST", body, headers, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
  }

  async function ask() {
    if (document.hidden || !navigator.onLine || isAsking) return;
    isAsking = true;
    try {
      await say();
      const answer = await fetch(address, { cache: "no-cache", headers, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.ok) await heard(await answer.json());
    } catch {
      // no network: the page goes on, and asks again
    }
    isAsking = false;
  }

  document.addEventListener("visibilitychange", ask);
  const again = () => setTimeout(() => ask().then(again), EVERY);
  ask().then(again);
}

// Somebody else in a line of their own: the name, and `words` of what they do.
export function lineOf(person, words) {
  const line = document.createElement("span"), name = document.createElement("bdi");
  name.textContent = person.name;
  line.className = "pres";
  line.append(name, words ? ` ${words}` : "");
  return line;
}
