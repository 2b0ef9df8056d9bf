// Shows of the form of a question what its kind needs, and adds rows for answers. Without this script all of it is there.
customElements.define('question-form', class extends HTMLElement {
  connectedCallback() {
    this.addEventListener('change', () => this.show())
    const more = this.querySelector('[data-more]')
    more.hidden = false
    more.addEventListener('click', () => this.add())
    this.show()
  }

  show() {
    const { kind, depends_on: depends, compared, is_personal: personal } = this.querySelector('form').elements
    for (const part of this.querySelectorAll('[data-for]')) part.hidden = !part.dataset.for.split(' ').includes(kind.value)
    compared.hidden = !depends.value
    this.querySelector('[data-for-personal]').hidden = !personal.checked
  }

  // The last row once more, empty, under the next number.
  add() {
    const rows = this.querySelectorAll('.answers tbody tr'), last = rows[rows.length - 1], row = last.cloneNode(true)
    for (const error of row.querySelectorAll('.error')) error.remove()
    for (const input of row.querySelectorAll('input')) {
      for (const name of ['id', 'name']) input[name] = input[name].replace(`-${rows.length - 1}-`, `-${rows.length}-`)
      input.value = ''
      input.removeAttribute('aria-invalid')
      input.removeAttribute('aria-describedby')
      input.ariaLabel = input.ariaLabel?.replace(rows.length, rows.length + 1) ?? null
    }
    last.after(row)
    row.querySelector('input:not([type=hidden])').focus()
  }
})
