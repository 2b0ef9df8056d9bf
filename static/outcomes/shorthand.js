// A note in one line: !challenge @samira #c7agr #sdg2 ~org and then the words. Each mark is taken as soon as a blank follows it,
// and shows in the form what it was understood as; what is not understood stays in the text. As eventapp/outcomes/shorthand.py.
const MARK = /^\s*([!@#~])(\S+)\s+/

export function takeMarks(form, speakers) {
  const text = form.elements.text
  let taken = false
  for (let mark; (mark = text.value.match(MARK)) && take(form, mark[1], plain(mark[2]), speakers);) {
    const caret = text.selectionStart - mark[0].length
    text.value = text.value.slice(mark[0].length)
    text.setSelectionRange(caret, caret)
    taken = true
  }
  return taken
}

function take(form, sign, word, speakers) {
  if (sign === '!') return check(form, 'kind', radio => plain(radio.value).startsWith(word))
  if (sign === '~') return check(form, 'ceiling', radio => plain(radio.value).startsWith(word))
  if (sign === '@') {
    const found = speakers.find(name => name.split(/[\s,]+/).some(part => plain(part).startsWith(word)))
    if (found) form.elements.speaker.value = found
    return Boolean(found)
  }
  if (check(form, 'action_lines', box => ways(box.value).includes(word))) return true
  const goal = word.match(/^(?:sdg|goal|g)?(\d{1,2})$/)
  return Boolean(goal) && check(form, 'goals', box => Number(box.value) === Number(goal[1]))
}

function check(form, name, fits) {
  const found = [...form.querySelectorAll(`[name=${name}]`)].find(fits)
  if (found) found.checked = true
  return Boolean(found)
}

function ways(code) {
  const [head, part] = code.toLowerCase().split('-')
  return part ? [head + part, head + part.slice(1), part, part.slice(1)] : [head]
}

const plain = word => word.toLowerCase().normalize('NFKC').replace(/[-_.,:;]/g, '')
