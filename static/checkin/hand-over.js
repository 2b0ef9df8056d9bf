// Whoever keeps the door no longer: what this phone kept without a connection goes to the organizers, and is then gone here.
import { forgetList } from './sealed-list.js'

const RETRY = 15_000

customElements.define('hand-over', class extends HTMLElement {
  connectedCallback() {
    this.handed = 0
    forgetList()
    addEventListener('online', () => this.send())
    setInterval(() => this.left && this.send(), RETRY)
    this.send()
  }

  get queues() { return Object.keys(localStorage).filter(name => name.startsWith(this.dataset.gates)) }

  get left() { return this.queues.reduce((sum, name) => sum + this.waiting(name).length, 0) }

  waiting(name) { return JSON.parse(localStorage.getItem(name) || '[]') }

  async send() {
    this.count()
    if (this.sending) return
    this.sending = true
    for (const name of this.queues) await this.empty(name).catch(() => null)
    this.sending = false
  }

  async empty(name) {
    const to = this.dataset.post.replace('GATE', encodeURIComponent(name.slice(this.dataset.gates.length)))
    for (const scan of this.waiting(name)) {
      const body = new URLSearchParams({ offset: 0, ...scan, csrf_token: this.querySelector('form').elements.csrf_token.value })
      const answer = await fetch(to, { method: 'POST', body, headers: { Accept: 'application/json' } })
      if (!answer.ok || answer.redirected) return
      localStorage.setItem(name, JSON.stringify(this.waiting(name).filter(one => one.key !== scan.key)))
      this.handed += 1
      this.count()
    }
  }

  count() {
    this.querySelector('[data-handed]').textContent = this.handed
    this.querySelector('[data-left]').textContent = this.left
  }
})
