// <draft-form> of a card: what its words on results say in figures is offered for the rows, as it is typed.
import { DraftForm } from '../drafts/form.js'
import { FigureRows } from '../record/figure-rows.js'
import { Reading } from '../record/reading.js'

customElements.define('draft-form', class extends DraftForm {
  connectedCallback() {
    super.connectedCallback()
    if (this.form) this.learn()
  }

  async learn() {
    this.offer = this.querySelector('[data-offer]')
    const answer = await fetch(this.offer.dataset.words).catch(() => null)
    if (!answer?.ok) return
    this.reading = new Reading((await answer.json()).reading)
    this.rows = new FigureRows(this.form, 'measures')
    this.querySelector('[data-in-words]')?.remove() // what the page says of the words it was sent
    this.offer.querySelector('button').addEventListener('click', () => this.take())
    this.suggest()
  }

  typed() {
    super.typed()
    this.suggest()
  }

  bringBack(fields) {
    super.bringBack(fields)
    this.suggest()
  }

  suggest() {
    if (!this.reading) return
    this.figures = this.rows.missing(this.reading.figuresIn(this.form.elements.results.value))
    this.offer.hidden = !this.figures.length // what stands in a row already is not there to be taken
    this.offer.querySelector('span').textContent = this.figures.join(' · ')
  }

  take() {
    const asked = this.figures.map(one => this.rows.take(one))
    asked[0].focus()
    this.typed()
  }
})
