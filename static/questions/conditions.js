// Hides a question whose condition is not met, as the server drops its answer. Without this script all are there, and
// those that hang on an answer say so.
customElements.define('question-list', class extends HTMLElement {
  connectedCallback() {
    for (const words of this.querySelectorAll('[data-only]')) words.hidden = true
    this.addEventListener('input', () => this.show())
    this.addEventListener('change', () => this.show())
    this.show()
  }

  // In their order: what is hidden counts as not answered for those below.
  show() {
    const answers = new Map()
    for (const one of this.querySelectorAll('[data-question]')) {
      const { question, if: conditions, match } = one.dataset
      if (conditions) {
        const met = JSON.parse(conditions).map(part => this.isMet(part, answers))
        one.hidden = match === 'any' ? !met.some(Boolean) : !met.every(Boolean)
      }
      if (!one.hidden) answers.set(question, this.values(one))
    }
    for (const section of this.querySelectorAll('[data-section]')) section.hidden = !section.querySelector('[data-question]:not([hidden])')
  }

  isMet({ question, answer, compared }, answers) {
    if (!answers.has(question)) return false // hidden itself
    const there = answers.get(question), hasIt = answer ? there.includes(answer) : there.length > 0
    return hasIt === (compared === 'is')
  }

  values(one) {
    return [...one.querySelectorAll('input, select, textarea')]
      .filter(input => input.name === 'leave_out' ? !input.checked : input.type !== 'checkbox' && input.type !== 'radio' || input.checked)
      .map(input => input.type === 'checkbox' && input.value === 'y' ? 'yes' : input.value)
      .filter(Boolean)
  }
})
