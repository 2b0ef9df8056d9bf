// Keeps the coverage page fresh while it is looked at: what changed is put in its place, and told once in a sentence.
const EVERY = 7000 // milliseconds between two looks: a note is here within ten seconds
const PATIENCE = 20000 // until no answer counts as no network

customElements.define('live-coverage', class extends HTMLElement {
  connectedCallback() {
    this.line = this.querySelector('[data-as-of]')
    this.asOf = this.line.dataset.asOf
    this.mark = `W/"${this.dataset.mark}"`
    this.say(this.dataset.updated)
    this.timer = setInterval(() => this.look(), EVERY)
    this.stops = new AbortController()
    document.addEventListener('visibilitychange', () => this.look(), { signal: this.stops.signal })
    addEventListener('online', () => this.look(), { signal: this.stops.signal })
  }

  disconnectedCallback() {
    clearInterval(this.timer)
    this.stops.abort()
  }

  async look() {
    if (document.hidden || this.busy) return
    this.busy = true
    await this.ask().catch(() => this.say(this.dataset.offline))
    this.busy = false
  }

  async ask() {
    const headers = { 'X-Fetched-By': 'live-coverage', 'If-None-Match': this.mark }
    const answer = await fetch(location.href.split('#')[0], { headers, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) })
    if (answer.ok) await this.take(answer)
    else if (answer.status !== 304) return this.say(this.dataset.offline)
    this.asOf = answer.headers.get('X-As-Of') || this.asOf
    this.say(this.dataset.updated)
  }

  say(pattern) { this.line.textContent = pattern.replace('{time}', this.asOf) }

  async take(answer) {
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const spot = document.activeElement?.getAttribute('href')
    this.mark = answer.headers.get('ETag')
    let changed = false
    for (const part of document.querySelectorAll('[data-live]')) {
      const fresh = page.querySelector(`[data-live=${part.dataset.live}]`)
      if (!fresh || plain(fresh) === plain(part)) continue
      const holdsFocus = part.contains(document.activeElement)
      const mine = document.importNode(fresh, true)
      part.replaceWith(mine)
      if (holdsFocus) [...mine.querySelectorAll('a, button')].find(one => !spot || one.getAttribute('href') === spot)?.focus()
      changed = true
    }
    if (changed) this.querySelector('[role=status]').textContent = document.querySelector('[data-live=sum]').textContent
  }
})

const plain = part => part.textContent.replace(/\s+/g, ' ')
