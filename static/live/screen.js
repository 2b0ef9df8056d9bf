/* A screen asks for its page again, so that nobody has to touch it: every twenty seconds, sooner after a fault. */
const EVERY = 20_000
const AGAIN = 5_000
const A_DAY = 24 * 60 * 60 * 1000

class LiveScreen extends HTMLElement {
  connectedCallback() {
    this.since = Date.now()
    this.heard = new Date()
    this.timer = setTimeout(() => this.ask(), EVERY)
    const button = document.querySelector("[data-full]")
    if (!button || !document.documentElement.requestFullscreen) return
    button.hidden = false
    button.addEventListener("click", () => document.documentElement.requestFullscreen())
    document.addEventListener("fullscreenchange", () => { button.hidden = Boolean(document.fullscreenElement) })
  }

  disconnectedCallback() { clearTimeout(this.timer) }

  async ask() {
    let next = EVERY
    try {
      const answer = await fetch(location.href, { cache: "no-store", signal: AbortSignal.timeout(EVERY) })
      if (!answer.ok) throw new Error(String(answer.status))
      const page = new DOMParser().parseFromString(await answer.text(), "text/html")
      const fresh = page.querySelector("live-screen")
      if (!fresh) throw new Error("no screen")
      if (Date.now() - this.since > A_DAY && !document.fullscreenElement) location.reload()
      document.documentElement.lang = page.documentElement.lang
      document.documentElement.dir = page.documentElement.dir
      this.replaceChildren(...fresh.childNodes)
      this.heard = new Date()
    } catch {
      next = AGAIN
      const state = this.querySelector("[data-state]")
      const time = this.heard.toTimeString().slice(0, 5)
      if (state) {
        state.textContent = this.dataset.lost.replace("{time}", time)
        state.hidden = false
      }
    }
    this.timer = setTimeout(() => this.ask(), next)
  }
}

customElements.define("live-screen", LiveScreen)
