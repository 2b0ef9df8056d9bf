// Shows of the form of a question what its kind needs, and adds rows for answers. Without this script all of it is there.
customElements.define('question-form', class extends HTMLElement {
  connectedCallback() {
    this.addEventListener('change', () => this.show())
    const more = this.querySelector('[data-more]')
    more.hidden = false
    more.addEventListener('click', () => this.add())
    const another = this.querySelector('[data-another]')
    another.addEventListener('click', () => this.depend())
    this.show()
  }

  show() {
    const { kind, is_personal: personal } = this.querySelector('form').elements, rows = this.rows()
    for (const part of this.querySelectorAll('[data-for]')) part.hidden = !part.dataset.for.split(' ').includes(kind.value)
    for (const row of rows) row.querySelector('[name$=compared]').hidden = !row.querySelector('[name$=depends_on]').value
    const filled = rows.filter(row => row.querySelector('[name$=depends_on]').value)
    this.querySelector('[data-match]').hidden = filled.length < 2
    this.querySelector('[data-another]').hidden = filled.length < rows.length
    this.querySelector('[data-for-personal]').hidden = !personal.checked
  }

  rows() {
    return [...this.querySelector('[data-conditions]').children]
  }

  // One more condition, on no answer yet.
  depend() {
    const rows = this.rows(), row = rows.at(-1).cloneNode(true)
    row.querySelector('.error')?.remove()
    for (const select of row.querySelectorAll('select')) {
      for (const name of ['id', 'name']) select[name] = select[name].replace(/-\d+-/, `-${rows.length}-`)
      select.selectedIndex = 0
    }
    rows.at(-1).after(row)
    this.show()
    row.querySelector('select').focus()
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
