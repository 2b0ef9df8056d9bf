// Says what runs now and what comes next, by the clock of the reader's device. The page itself is the same at every hour.
customElements.define('now-next', class extends HTMLElement {
  connectedCallback() {
    this.show()
    this.timer = setInterval(() => this.show(), 30000)
  }

  disconnectedCallback() { clearInterval(this.timer) }

  show() {
    const at = Date.now(), news = document.querySelector('[data-until]')
    if (news) news.hidden = Date.parse(news.dataset.until) <= at // the page may be of yesterday
    const slots = [...document.querySelectorAll('.slot[data-from]')].map(slot => ({
      slot, from: Date.parse(slot.dataset.from), to: Date.parse(slot.dataset.to),
    }))
    const running = slots.filter(one => one.from <= at && at < one.to)
    const later = slots.filter(one => one.from > at)
    const first = Math.min(...later.map(one => one.from))
    const next = later.filter(one => one.from === first)
    const begins = Math.min(...slots.map(one => one.from)), day = 864e5
    for (const one of slots) one.slot.classList.toggle('live', running.includes(one))
    this.fill('[data-now]', running)
    this.fill('[data-next]', next)
    this.hidden = !(running.length || (next.length && at > begins - day))
  }

  fill(where, slots) {
    const part = this.querySelector(where)
    part.hidden = !slots.length
    part.querySelector('ul').replaceChildren(...slots.map(({ slot }) => {
      const line = document.createElement('li'), title = slot.querySelector('[data-title]').cloneNode(true), place = document.createElement('span')
      title.removeAttribute('data-title')
      place.className = 'quiet'
      place.textContent = [slot.dataset.place, slot.querySelector('[data-hours]')?.textContent].filter(Boolean).join(' · ')
      line.append(title, document.createElement('br'), place)
      return line
    }))
  }
})
