// Keys of the search: / goes to the words, the arrows through what was found. Without this it is a plain form and a plain list.
customElements.define('record-search', class extends HTMLElement {
  connectedCallback() {
    this.words = this.querySelector('#q')
    document.addEventListener('keydown', event => this.hot(event))
  }

  hot(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    const here = document.activeElement, hits = [...this.querySelectorAll('a.hit')]
    const typing = here.matches('input, select, textarea')
    if (event.key === '/' && !typing) {
      event.preventDefault()
      this.words.focus()
      this.words.select()
    } else if (['ArrowDown', 'ArrowUp'].includes(event.key) && hits.length && (!typing || here === this.words)) {
      event.preventDefault()
      const at = hits.indexOf(here), next = event.key === 'ArrowDown' ? at + 1 : at - 1
      if (next < 0) this.words.focus()
      else hits[Math.min(next, hits.length - 1)].focus()
    }
  }
})
