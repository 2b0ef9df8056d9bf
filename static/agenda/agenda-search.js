// Finds sessions as one types, in any script, and opens the days that a large agenda keeps closed. The form works without it.
const fold = text => text.toLowerCase().normalize('NFKD').replace(/[\p{M}\u0640]/gu, '').replace(/\s+/g, ' ')
const PATIENCE = 20000 // milliseconds until no answer counts as no network

customElements.define('agenda-search', class extends HTMLElement {
  connectedCallback() {
    this.isWhole = 'whole' in this.dataset
    this.form.addEventListener('input', () => this.look())
    this.form.addEventListener('submit', event => { event.preventDefault(); this.look() })
    document.addEventListener('click', event => {
      const link = event.target.closest('[data-closed] h2 a, .daynav a')
      const part = link && this.parts.find(one => one.dataset.day === link.dataset.day)
      if (!part || event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      this.goTo(part)
    })
    const today = this.parts.find(one => one.dataset.day === new Date().toLocaleDateString('en-CA'))
    if (today) this.open([today])
  }

  get form() { return this.querySelector('form') }
  get days() { return document.querySelector('.agenda-days') }
  get parts() { return [...this.days.querySelectorAll('.day-part')] }

  async goTo(part) {
    const { day } = part.dataset
    await this.open([part])
    const opened = this.parts.find(one => one.dataset.day === day), heading = opened.querySelector('h2')
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
    opened.scrollIntoView()
  }

  // Gets what these days hold, of those that are closed. Offline, they stay closed, and their links still lead there.
  async open(parts) {
    await Promise.all(parts.filter(one => 'closed' in one.dataset).map(async part => {
      try {
        const page = await this.page(`?day=${part.dataset.day}`), opened = page.querySelector(`.day-part[data-day="${part.dataset.day}"]`)
        if (opened) part.replaceWith(document.adoptNode(opened))
        this.known = null
      } catch { /* no network */ }
    }))
  }

  async page(query) {
    const address = new URL(query, location.href.split('?')[0])
    const zone = new URL(location.href).searchParams.get('zone')
    if (zone) address.searchParams.set('zone', zone)
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) })
    if (!answer.ok) throw new Error(answer.status)
    return new DOMParser().parseFromString(await answer.text(), 'text/html')
  }

  // The page may have been made for one search: then the whole agenda is fetched before another one.
  async getWhole() {
    if (!this.isWhole) {
      const days = (await this.page('?')).querySelector('.agenda-days')
      this.days.replaceWith(document.adoptNode(days))
      this.isWhole = true
      this.known = null
    }
    await this.open(this.parts)
  }

  get slots() {
    return this.known ??= [...this.days.querySelectorAll('.slot')].map(slot => {
      const { code, place, own = '', tags = '' } = slot.dataset, words = part => slot.querySelector(part)?.textContent ?? ''
      const people = `${words('.who')} ${own}`
      const { room, kind, track, spoken = '' } = slot.dataset, { day } = slot.closest('.day-part').dataset
      const text = fold(`${code} ${words('[data-title]')} ${words('[data-about]')} ${place} ${people} ${tags}`)
      return { slot, people: fold(people), text, code, room, kind, track, spoken: spoken.split(' '), day }
    })
  }

  async look() {
    const wish = Object.fromEntries([...new FormData(this.form)].filter(([, value]) => value.trim()))
    const turn = this.turn = (this.turn || 0) + 1
    if (Object.keys(wish).length || this.onlyThese) {
      try { await this.getWhole() } catch { return HTMLFormElement.prototype.submit.call(this.form) }
    }
    if (turn === this.turn) this.show(wish)
  }

  show(wish) {
    const words = fold(wish.q ?? '').split(' ').filter(Boolean), person = fold(wish.person ?? '')
    let found = 0
    for (const { slot, text, people, code, room, kind, track, spoken, day } of this.slots) {
      const is = words.every(word => text.includes(word)) && people.includes(person)
        && (!wish.day || wish.day === day) && (!wish.room || wish.room === room) && (!wish.kind || wish.kind === kind)
        && (!wish.track || wish.track === track)
        && (!wish.spoken || spoken.includes(wish.spoken)) && (!this.onlyThese || this.onlyThese.has(code))
      if (slot.hidden === is) slot.hidden = !is
      if (is) found += 1
    }
    const isNarrow = Object.keys(wish).length > 0 || this.onlyThese
    for (const together of this.days.querySelectorAll('.times > li')) together.hidden = !together.querySelector('.slot:not([hidden])')
    for (const part of this.parts) part.hidden = isNarrow && !part.querySelector('.slot:not([hidden])')
    const none = this.days.querySelector('[data-none]')
    if (none) none.hidden = found > 0 || !isNarrow
    const { all, partly } = this.dataset, missing = this.parts.filter(part => 'closed' in part.dataset).length
    const sentence = missing ? `${this.dataset.found}. ${partly}` : this.dataset.found
    this.querySelector('[data-found]').textContent = isNarrow ? sentence.replace('{found}', found).replace('{all}', all).replace('{days}', missing) : ''
    const address = new URL(location.href.split(/[?#]/)[0]), zone = new URL(location.href).searchParams.get('zone')
    for (const [name, value] of Object.entries(zone ? { ...wish, zone } : wish)) address.searchParams.set(name, value)
    history.replaceState(null, '', address)
  }
})
