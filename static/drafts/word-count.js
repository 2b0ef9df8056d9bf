import { wordsIn } from '../house/words.js'

// How much of a limit is used, counted while somebody types: <word-count for="field" most="50">, letters instead of words on request.
customElements.define('word-count', class extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById(this.getAttribute('for'))
    this.field.addEventListener('input', () => this.count())
    this.count()
  }

  count() {
    const text = this.field.value
    const used = this.hasAttribute('letters') ? [...text.trim()].length : wordsIn(text)
    this.textContent = used
    this.classList.toggle('error', this.hasAttribute('most') && used > Number(this.getAttribute('most')))
  }
})
