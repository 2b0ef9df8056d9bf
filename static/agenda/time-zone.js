// A zone is typed: the browser offers the names of all it knows.
customElements.define('another-zone', class extends HTMLElement {
  connectedCallback() {
    const names = this.querySelector('datalist')
    this.querySelector('input').addEventListener('focus', () => {
      names.replaceChildren(...Intl.supportedValuesOf('timeZone').map(name => new Option(name)))
    }, { once: true })
  }
})

// Times are printed in the meeting's zone; this shows them in another without a reload.
customElements.define('time-zone', class extends HTMLElement {
  connectedCallback() {
    this.querySelector('button').hidden = true
    this.select = this.querySelector('select')
    const mine = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (mine && ![...this.select.options].some(option => option.value === mine)) {
      this.select.add(new Option(this.dataset.mine.replace('*', mine), mine))
    }
    this.select.addEventListener('change', () => this.show(this.select.value))
  }

  show(timeZone) {
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    const day = new Intl.DateTimeFormat('en-CA', { timeZone })
    for (const time of document.querySelectorAll('time[data-clock]')) {
      const at = new Date(time.dateTime)
      time.dataset.day ??= time.dateTime.slice(0, 10)
      const shift = Math.sign(Date.parse(day.format(at)) - Date.parse(time.dataset.day))
      time.textContent = clock.format(at) + (shift > 0 ? ' +1' : shift < 0 ? ' −1' : '')
    }
  }
})
