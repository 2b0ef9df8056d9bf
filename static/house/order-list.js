// Puts a row of a list elsewhere by dragging its handle, with a finger too, or by Alt and an arrow key on it; the answer
// replaces the list. Without this script the two arrows beside each row do the same.
const PATIENCE = 20000 // milliseconds until no answer counts as no network

customElements.define('order-list', class extends HTMLElement {
  connectedCallback() {
    this.addEventListener('pointerdown', event => this.drag(event))
    this.addEventListener('keydown', event => this.step(event))
    this.prepare()
  }

  prepare() {
    for (const grip of this.querySelectorAll('[data-grip]')) grip.hidden = false
    for (const steps of this.querySelectorAll('.arrows')) steps.hidden = true
  }

  step(event) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key], one = event.target.closest('[data-code]')
    if (!by || !one || !event.altKey || !event.target.closest('[data-grip]')) return
    event.preventDefault()
    const to = Number(one.dataset.place) + by
    if (to > 0) this.send(one, to)
  }

  drag(event) {
    const grip = event.target.closest('[data-grip]'), one = grip?.closest('[data-code]')
    if (!one || event.button || this.busy) return
    event.preventDefault()
    grip.focus()
    const over = new AbortController(), { signal } = over
    let target = null
    const aim = to => {
      target?.classList.remove('drop')
      target = to === one ? null : to
      target?.classList.add('drop')
    }
    grip.setPointerCapture(event.pointerId)
    one.classList.add('dragged')
    grip.addEventListener('pointermove', at => {
      const under = document.elementFromPoint(at.clientX, at.clientY)?.closest('[data-code]')
      aim(this.contains(under) ? under : null)
    }, { signal })
    for (const name of ['pointerup', 'pointercancel']) grip.addEventListener(name, () => {
      const place = name === 'pointerup' && target?.dataset.place
      over.abort()
      aim(null)
      one.classList.remove('dragged')
      if (place) this.send(one, place)
    }, { signal })
  }

  async send(one, place) {
    if (this.busy) return
    this.busy = true
    const form = one.querySelector('form'), body = new FormData(form), code = one.dataset.code
    body.set('place', place)
    const answer = await fetch(form.action, { method: 'POST', body, headers: { 'X-Fetched-By': 'order-list' }, signal: AbortSignal.timeout(PATIENCE) }).catch(() => null)
    const page = answer && new DOMParser().parseFromString(await answer.text(), 'text/html')
    this.busy = false
    if (!answer || answer.status >= 500) return this.say(this.dataset.lost)
    const fresh = page.querySelector('[data-list]')
    if (!fresh) return location.assign(location.href) // asks to sign in
    this.querySelector('[data-list]').replaceWith(document.adoptNode(fresh))
    this.prepare()
    const moved = this.querySelector(`[data-code="${CSS.escape(code)}"]`)
    if (!moved) return location.assign(location.href) // on another page of the list
    moved.querySelector('[data-grip]').focus()
    const refused = page.querySelector('.summary p')
    this.say(refused ? refused.textContent.trim() : this.dataset.placed.replace('{place}', moved.dataset.place), Boolean(refused))
  }

  say(words, isRefused = words === this.dataset.lost) {
    const line = this.querySelector('[data-words]')
    line.textContent = words
    line.className = isRefused ? 'note stop' : 'vh'
  }
})
