// My agenda: sessions that a reader chose, kept in this browser. On the agenda each session has a star, on its own page one button.
const minutesOf = slot => [Date.parse(slot.dataset.from), Date.parse(slot.dataset.to)]
const titleOf = slot => slot.querySelector('[data-title]').textContent.trim()

customElements.define('agenda-stars', class extends HTMLElement {
  connectedCallback() {
    if (this.dataset.code && document.querySelector('agenda-mine')) return // the page has a button of the registration
    this.hidden = false
    this.key = `stars:${this.dataset.slug}`
    this.only = this.querySelector('[data-only]')
    this.only?.addEventListener('click', () => this.narrow())
    document.addEventListener('click', event => {
      const star = event.target.closest('.star')
      if (star) this.turn(star.dataset.code)
    })
    addEventListener('storage', event => { if (event.key === this.key) this.show() })
    document.addEventListener('stars-came', () => this.show())
    this.watch = new MutationObserver(() => this.show()) // days are opened later
    const days = document.querySelector('.agenda-days')
    if (days) this.watch.observe(days.parentElement, { childList: true, subtree: true })
    this.show()
  }

  disconnectedCallback() { this.watch?.disconnect() }

  get chosen() {
    try { return new Set(JSON.parse(localStorage.getItem(this.key)) ?? []) } catch { return new Set() }
  }

  turn(code) {
    const chosen = this.chosen
    if (!chosen.delete(code)) chosen.add(code)
    try { localStorage.setItem(this.key, JSON.stringify([...chosen])) } catch { return this.tell(this.dataset.refused) }
    this.show()
    if (this.isNarrow) this.narrowTo(chosen)
    document.dispatchEvent(new CustomEvent('stars'))
  }

  star(code, title) {
    const star = document.createElement('button'), drawing = this.querySelector('template').content.cloneNode(true)
    Object.assign(star, { type: 'button', className: 'btn star star-btn' })
    star.dataset.code = code
    star.append(drawing)
    star.setAttribute('aria-label', this.dataset.add.replace('{title}', title))
    return star
  }

  show() {
    const chosen = this.chosen
    this.watch.takeRecords()
    for (const slot of document.querySelectorAll('.slot:not(.rest)')) {
      if (!slot.querySelector('.star')) slot.append(this.star(slot.dataset.code, titleOf(slot)))
    }
    if (this.dataset.code && !this.querySelector('.star')) this.append(this.star(this.dataset.code, this.dataset.title))
    for (const star of document.querySelectorAll('.star')) star.setAttribute('aria-pressed', chosen.has(star.dataset.code))
    if (this.only) this.sum(chosen)
    this.watch.takeRecords() // what was drawn here
  }

  sum(chosen) {
    this.querySelector('[data-count]').textContent = this.dataset.mine.replace('{count}', chosen.size)
    const calendar = this.querySelector('[data-calendar]'), codes = [...chosen].sort().join(',')
    calendar.hidden = !chosen.size
    calendar.href = `${calendar.dataset.calendar.replace(/^https?:/, 'webcal:')}?only=${encodeURIComponent(codes)}`
    const mine = [...document.querySelectorAll('.slot')].filter(one => chosen.has(one.dataset.code))
    for (const slot of mine) this.clash(slot, mine)
    for (const note of document.querySelectorAll('.both')) if (!chosen.has(note.closest('.slot').dataset.code)) note.remove()
  }

  // Says of a chosen session which other chosen ones run at the same time.
  clash(slot, mine) {
    const [from, to] = minutesOf(slot)
    const rivals = mine.filter(one => one !== slot && minutesOf(one)[0] < to && from < minutesOf(one)[1]).map(titleOf)
    const words = rivals.length ? this.dataset.clash.replace('{title}', rivals.join(', ')) : ''
    const note = slot.querySelector('.both') ?? Object.assign(document.createElement('p'), { className: 'both' })
    if (!words) note.remove()
    else if (note.textContent !== words || !note.isConnected) {
      note.textContent = words
      slot.querySelector('div').append(note)
    }
  }

  narrow() {
    this.isNarrow = !this.isNarrow
    this.only.setAttribute('aria-pressed', this.isNarrow)
    this.narrowTo(this.chosen)
  }

  async narrowTo(chosen) {
    const search = document.querySelector('agenda-search')
    search.onlyThese = this.isNarrow ? chosen : null
    await search.look()
    const there = new Set([...document.querySelectorAll('.slot')].map(one => one.dataset.code))
    const gone = this.isNarrow ? [...chosen].filter(code => !there.has(code)) : []
    this.tell(this.isNarrow && !chosen.size ? this.dataset.none : gone.length ? this.dataset.gone.replace('{codes}', gone.join(', ')) : '')
  }

  tell(words) {
    const place = this.querySelector('[data-told]')
    if (place) place.textContent = words
  }
})
