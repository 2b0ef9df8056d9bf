// The line under the text: what the marks before the words were understood as, and what the one being typed may mean.
import { candidates, takeMarks } from './shorthand.js'

const LEFT = /^(?:\s*[!@#~]\S+\s+)+/ // marks before the words that were not understood
const BEGUN = /^(\s*(?:[!@#~]\S+\s+)*)([!@#~])(\S*)$/, MOST = 6 // marks that were not understood stand before it

export class Marks {
  constructor(screen) {
    this.form = screen.form
    this.line = screen.querySelector('#marks')
    this.forget()
  }

  get speakers() { return [...this.form.querySelectorAll('#speakers option')].map(option => option.value) }

  // What an input method is still composing is left alone: it would be torn from its hands.
  typed(isComposing = false) {
    if (isComposing) return
    this.understood.push(...takeMarks(this.form, this.speakers))
    const text = this.form.elements.text, begun = text.value.slice(0, text.selectionStart).match(BEGUN)
    this.before = begun ? begun[1] : ''
    this.left = (text.value.match(LEFT)?.[0] || '').trim()
    this.offered = begun ? candidates(this.form, begun[2], begun[3], this.speakers).slice(0, MOST) : []
    this.show()
  }

  // Whether this key chooses among what is offered: 'taken' where it did. Without an offer every key does what it always does.
  takes(event) {
    if (!this.offered.length || event.isComposing || event.target !== this.form.elements.text || event.altKey || event.ctrlKey || event.shiftKey) return ''
    if (event.key === 'ArrowDown') this.offered.push(this.offered.shift())
    else if (event.key === 'ArrowUp') this.offered.unshift(this.offered.pop())
    else if (event.key === 'Escape') this.offered = []
    else if (event.key === 'Tab') this.take(this.offered[0])
    else return ''
    this.show()
    return event.key === 'Tab' ? 'taken' : 'shown'
  }

  take(one) {
    const text = this.form.elements.text
    one.take()
    this.understood.push(one.label)
    text.value = this.before + text.value.slice(text.selectionStart).trimStart()
    text.setSelectionRange(this.before.length, this.before.length)
    this.offered = []
  }

  forget() {
    this.understood = []
    this.offered = []
    this.left = ''
    this.show()
  }

  show() {
    const [first, ...others] = this.offered.map(one => one.label)
    this.part('understood', this.understood.join(' · '))
    this.part('left', this.left)
    this.part('offered', first || '')
    this.line.querySelector('[data-others]').textContent = others.join(' · ')
    this.line.hidden = !this.understood.length && !this.left && !first
  }

  part(name, words) {
    const part = this.line.querySelector(`[data-${name}]`)
    part.hidden = !words
    part.querySelector('[data-words]').textContent = words
  }
}
