// Stars of who is registered: what this browser has is taken over to the registration, and what other devices chose comes here.
// `stars:<meeting>` are the stars of this browser, `stars-base:<meeting>` those of the registration when both were the same last.
customElements.define('agenda-mine', class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form')
    if (!this.form) return
    this.turned = () => this.takeOver(false)
    document.addEventListener('stars', this.turned)
    this.takeOver(true)
  }

  disconnectedCallback() { document.removeEventListener('stars', this.turned) }

  read(name) {
    try { return JSON.parse(localStorage.getItem(`${name}:${this.dataset.slug}`)) ?? [] } catch { return [] }
  }

  write(stars) {
    const words = JSON.stringify(stars)
    if (JSON.stringify(this.read('stars').toSorted()) === words && JSON.stringify(this.read('stars-base')) === words) return
    try {
      for (const name of ['stars', 'stars-base']) localStorage.setItem(`${name}:${this.dataset.slug}`, words)
    } catch { return }
    document.dispatchEvent(new CustomEvent('stars-came'))
  }

  // What was added and taken away here since both were the same goes to the server; its answer is what stands.
  async takeOver(isFirst) {
    const here = new Set(this.read('stars')), base = new Set(this.read('stars-base'))
    const add = [...here].filter(code => !base.has(code)), drop = [...base].filter(code => !here.has(code))
    if (!add.length && !drop.length) {
      if (isFirst) this.write(this.dataset.stars.split(' ').filter(Boolean).sort())
      return
    }
    const body = new URLSearchParams(new FormData(this.form))
    for (const code of add) body.append('add', code)
    for (const code of drop) body.append('drop', code)
    let answer
    try { answer = await fetch(this.form.action, { method: 'POST', body }) } catch { return } // at the next look
    if (!answer.ok || answer.redirected) return
    const { stars } = await answer.json()
    this.write(stars)
    if (this.hasAttribute('data-redraws') && stars.join(' ') !== this.dataset.stars) location.reload()
  }
})
