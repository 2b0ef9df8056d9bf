// Asks a small address every few seconds, and says now and then where one is. For any page that several people work on.
// A page that is hidden asks no more; one that is shown again asks at once.
const EVERY = 3000, SAYS = 10000; // milliseconds

export function poll(address, { where, token, heard }) {
  let spoken = 0, place;
  async function say() {
    const here = where();
    if (here === place && Date.now() - spoken < SAYS) return;
    [place, spoken] = [here, Date.now()];
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...here && JSON.parse(here), csrf_token: token })) body.append(name, value);
    await fetch(address, { method: "POST", body, headers: { "X-Fetched-By": "presence" } });
  }
  async function ask() {
    if (document.hidden) return;
    try {
      await say();
      const answer = await fetch(address, { cache: "no-cache", headers: { "X-Fetched-By": "presence" }, redirect: "manual" });
      if (answer.ok) await heard(await answer.json());
    } catch {
      // no network: the page goes on, and asks again
    }
  }
  document.addEventListener("visibilitychange", ask);
  const again = () => setTimeout(() => ask().then(again), EVERY);
  ask().then(again);
}
