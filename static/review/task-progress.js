// Shows how far the worker is, and leads on when it is done. It asks this page, or the one named in data-from.
const EVERY = 1000 // milliseconds between two looks

customElements.define('task-progress', class extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.look(), EVERY)
  }

  disconnectedCallback() {
    clearInterval(this.timer)
  }

  async look() {
    if (document.hidden || this.busy || !this.part.hasAttribute('data-open')) return
    this.busy = true
    await this.ask().catch(() => {}) // no network: the next look may have one
    this.busy = false
  }

  async ask() {
    const answer = await fetch(this.dataset.from || location.href, { redirect: 'manual', headers: { 'X-Fetched-By': 'task-progress' } })
    if (answer.type === 'opaqueredirect') return location.reload()
    if (!answer.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = page.querySelector('[data-live=task]')
    if (!fresh) return location.reload() // a page that is about what came of it has none
    const [bar, now] = [this.part.querySelector('progress'), fresh.querySelector('progress')]
    if (bar && now) {
      if (now.position >= 0) bar.value = now.value // one without a value says only that work goes on
      bar.nextSibling.textContent = now.nextSibling.textContent
    } else {
      this.part.replaceWith(document.importNode(fresh, true))
    }
  }

  get part() { return this.querySelector('[data-live=task]') }
})
