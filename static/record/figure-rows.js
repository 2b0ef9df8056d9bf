// The rows of a form for figures, each with its source: which figures of a text stand in none, and a figure put into a free one.
import { another } from '../drafts/fields.js'

const digits = text => text.replace(/[^0-9]/g, '')

export class FigureRows {
  constructor(form, name) { // of the fields with the figure; their sources stand in the same row
    this.fields = () => [...form.querySelectorAll(`[name=${name}]`)]
    this.row = field => field.closest('.pair, .measure')
  }

  get first() { return this.fields()[0] }

  missing(figures) { // "96 per cent" stands in a row that says "96%"
    const known = this.fields().map(field => digits(field.value))
    return [...new Set(figures)].filter(one => !known.includes(digits(one)))
  }

  // The field for the source of a figure that was put into a row: who typed the words is asked where it comes from.
  take(figure) {
    const free = this.fields().find(field => !field.value) || another(this.row(this.fields().at(-1))).querySelector('input')
    free.value = figure
    free.closest('details')?.setAttribute('open', '')
    return this.row(free).querySelector('[name=source]')
  }
}
