// Keeps a floor list fresh and does its buttons without a reload. Without this script, and where no answer comes, the plain forms are there.
const EVERY = 5000 // milliseconds between two looks at the list
const SOON = 250 // after the last letter of a search
const PATIENCE = 20000 // until no answer counts as no network; a question without an end keeps a connection, and a browser has six

customElements.define('floor-list', class extends HTMLElement {
  connectedCallback() {
    this.heard = { at: Date.now(), asOf: this.now.dataset.asOf, live: false }
    this.asked = this.shown = 0 // the newest question, and the one whose answer stands here
    this.addEventListener('submit', event => this.send(event))
    this.addEventListener('input', event => this.search(event))
    this.addEventListener('pointerdown', event => { this.isPressed = true; this.drag(event) })
    this.stops = new AbortController()
    const signal = this.stops.signal
    for (const name of ['pointerup', 'pointercancel']) document.addEventListener(name, () => setTimeout(() => { this.isPressed = false }), { signal })
    addEventListener('online', () => this.look(), { signal })
    addEventListener('offline', () => this.lost(), { signal })
    document.addEventListener('visibilitychange', () => this.look(), { signal })
    document.addEventListener('keydown', event => this.hot(event), { signal })
    this.timers = [setInterval(() => this.look(), EVERY), setInterval(() => this.tick(), 1000)]
    this.tick()
    this.look()
  }

  disconnectedCallback() {
    this.stops.abort()
    this.timers.forEach(clearInterval)
  }

  get now() { return this.querySelector('[data-floor-now]') }

  // What was done elsewhere; nothing while somebody looks at another tab or a button of ours is on its way.
  async look() {
    if (document.hidden || this.busy) return
    const turn = ++this.asked
    const headers = { 'X-Fetched-By': 'floor-list', 'If-None-Match': `W/"${this.now.dataset.mark}"` }
    const answer = await fetch(this.dataset.list, { headers, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
    if (this.busy || this.isPressed || turn < this.shown) return // something newer stands here, or is on its way; or a hand is on it
    this.shown = turn
    if (!answer || answer.status >= 500) return this.lost()
    if (answer.status === 304) return this.found(answer)
    if (!answer.ok) return this.say(this.dataset.signedOut)
    await this.take(answer)
  }

  async take(answer) {
    const turn = this.shown, page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const fresh = page.querySelector('[data-floor-now]')
    if (turn < this.shown) return
    if (!fresh) return this.say(this.dataset.failed)
    this.found(answer)
    const old = this.now, spot = this.spotOf(document.activeElement), isOpen = old.querySelector('details')?.open
    const mine = document.importNode(fresh, true)
    if (isOpen && mine.querySelector('details')) mine.querySelector('details').open = true
    old.replaceWith(mine)
    this.heard.at = Date.now()
    if (spot) (this.querySelector(spot) || this.querySelector('[data-next], [value=stop], button'))?.focus()
    this.renew(mine.querySelector('[name=csrf_token]')?.value)
    this.tick()
  }

  // The button that had the focus, to find it again in the fresh list.
  spotOf(active) {
    if (!active || !this.now.contains(active)) return null
    const action = active.form?.getAttribute('action')
    return action ? `form[action="${CSS.escape(action)}"] button${active.value ? `[value="${active.value}"]` : ''}` : 'summary'
  }

  renew(token) {
    if (token) this.querySelectorAll('[name=csrf_token]').forEach(field => { field.value = token })
  }

  found(answer) {
    this.heard.live = true
    this.heard.asOf = answer.headers.get('X-As-Of') || this.heard.asOf
    this.say('')
  }

  lost() {
    this.heard.lost = true
    if (this.isUndone) return // it says already that no answer came
    this.say(this.dataset.offline.replace('{time}', this.heard.asOf))
    if (!this.heard.live) this.querySelectorAll('[data-spent]').forEach(clock => { clock.textContent = '–' }) // a kept page knows no time
  }

  say(words) {
    this.heard.lost = Boolean(words)
    this.isUndone = words === this.dataset.failed
    const line = this.querySelector('[data-floor-offline]')
    line.hidden = !words
    if (line.textContent !== words) line.textContent = words
  }

  async send(event) {
    const form = event.target
    if (form.matches('[data-floor-search]')) {
      event.preventDefault()
      return this.find(form)
    }
    if (form.method !== 'post') return
    event.preventDefault()
    if (!this.busy) await this.deliver(form, new FormData(form, event.submitter))
  }

  async deliver(form, body) {
    this.busy = true
    this.now.dataset.busy = ''
    const answer = await this.post(form, body).catch(() => null)
    this.busy = false
    this.shown = ++this.asked // what was asked before it is older
    delete this.now.dataset.busy
    if (!answer || answer.status >= 500) return this.say(this.dataset.failed)
    if (![200, 409, 422].includes(answer.status)) return this.say(this.dataset.signedOut)
    await this.take(answer)
    if (!answer.ok) return
    if (form.matches('[data-floor-typed]')) form.reset()
    if (form.querySelector('[data-floor-found]')) this.forget()
  }

  // A request is dragged by its number, with a finger too; the arrows beside it do the same for the keyboard.
  drag(event) {
    const grip = event.target.closest('[data-floor-grip]'), one = grip?.closest('li')
    if (!one || event.button || this.busy) return
    event.preventDefault()
    const places = [...one.parentNode.children], over = new AbortController(), { signal } = over
    let target = null
    const aim = to => {
      target?.classList.remove('drop')
      target = to === one || !places.includes(to) ? null : to
      target?.classList.add('drop')
    }
    this.busy = true // nobody puts a fresh list under the hand
    grip.setPointerCapture(event.pointerId)
    one.classList.add('dragged')
    grip.addEventListener('pointermove', at => aim(document.elementFromPoint(at.clientX, at.clientY)?.closest('li')), { signal })
    for (const name of ['pointerup', 'pointercancel']) grip.addEventListener(name, () => {
      const place = name === 'pointerup' ? places.indexOf(target) + 1 : 0
      over.abort()
      aim(null)
      one.classList.remove('dragged')
      this.busy = false
      if (place) this.place(one, place)
    }, { signal })
  }

  place(one, place) {
    const form = one.querySelector('form'), body = new FormData(form)
    body.set('act', 'place')
    body.set('place', place)
    return this.deliver(form, body)
  }

  async post(form, body) {
    const go = () => fetch(form.action, { method: 'POST', body, headers: { 'X-Fetched-By': 'floor-list' }, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) })
    const answer = await go()
    if (answer.status !== 400) return answer
    const fresh = await fetch(this.dataset.list, { headers: { 'X-Fetched-By': 'floor-list' }, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) }) // signed in again since
    if (!fresh.ok) return answer
    const page = new DOMParser().parseFromString(await fresh.text(), 'text/html')
    const token = page.querySelector('[name=csrf_token]')?.value
    this.renew(token)
    body.set('csrf_token', token || '')
    return token ? go() : answer
  }

  search(event) {
    const form = event.target.form
    if (!form?.matches('[data-floor-search]')) return
    clearTimeout(this.later)
    this.later = setTimeout(() => this.find(form), SOON)
  }

  async find(form) {
    const words = form.elements.q.value
    const answer = await fetch(`${form.dataset.floorSearch}?${new URLSearchParams({ q: words })}`, { headers: { 'X-Fetched-By': 'floor-list' }, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
    if (!answer?.ok) return answer ? this.say(this.dataset.signedOut) : this.lost()
    if (form.elements.q.value !== words) return // more was typed meanwhile
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html'), found = this.querySelector('[data-floor-found]')
    const fresh = [...page.body.childNodes], isSame = fresh.length === found.childNodes.length && fresh.every((node, at) => node.isEqualNode(found.childNodes[at]))
    if (form.elements.q.value !== words || isSame) return // what is the same stays under the hand that presses it
    found.replaceChildren(...fresh.map(node => document.importNode(node, true)))
  }

  forget() {
    const form = this.querySelector('[data-floor-search]')
    form.elements.q.value = ''
    this.querySelector('[data-floor-found]').replaceChildren()
    form.elements.q.focus()
  }

  tick() {
    const clock = this.querySelector('[data-spent]')
    if (clock && (this.heard.live || !this.heard.lost)) {
      const gone = 'still' in clock.dataset ? 0 : Math.floor((Date.now() - this.heard.at) / 1000)
      clock.textContent = inMinutes(Number(clock.dataset.spent) + gone)
    }
    const { running, speaker, ceiling } = this.now.dataset
    const detail = { running, speaker, ceiling, words: this.dataset.speaking?.replace('{time}', clock?.textContent) }
    document.dispatchEvent(new CustomEvent('floor-tick', { detail }))
  }

  hot(event) {
    if (!event.altKey || event.ctrlKey || event.metaKey) return
    const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace('Key', '').toLowerCase()
    const button = { n: '[data-next]', p: '[value=pause], [value=resume]', x: '[value=stop]', u: '[data-undo]' }[letter]
    if (letter === 'a' && this.querySelector('#floor-q')) {
      event.preventDefault()
      const field = this.querySelector('#floor-q'), folded = field.closest('details')
      if (folded) folded.open = true
      field.focus()
    } else if (button && this.querySelector('form')) {
      event.preventDefault()
      this.querySelector(button)?.click()
      if (letter === 'n') document.querySelector('draft-form #text')?.focus() // whoever records goes on writing
    }
  }
})

function inMinutes(total) {
  const two = number => String(number).padStart(2, '0')
  const hours = Math.floor(total / 3600), minutes = Math.floor(total / 60) % 60, seconds = total % 60
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`
}
