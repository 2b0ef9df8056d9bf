// A note in one line: !challenge @samira #c7agr #sdg2 ~org and then the words. Each mark is taken as soon as a blank follows it,
// and shows in the form what it was understood as; one that is not understood stays in the text, and those after it are taken all
// the same. As eventapp/record/capture/shorthand.py.
const CEILINGS = { person: [], organization: [], category: [], nobody: ['none', 'noone'] } // and what people write for one beside its code
const MARK = /\s*([!@#~])(\S+)\s+/y

// Tells what was understood, in words.
export function takeMarks(form, speakers) {
  const text = form.elements.text, taken = []
  for (let at = 0, mark; (MARK.lastIndex = at, mark = MARK.exec(text.value));) {
    const [first] = candidates(form, mark[1], mark[2], speakers)
    const end = at + mark[0].length
    if (!first?.isUnderstood) {
      at = end
      continue
    }
    const caret = text.selectionStart - (text.selectionStart >= end ? mark[0].length : 0)
    first.take()
    taken.push(first.label)
    text.value = text.value.slice(0, at) + text.value.slice(end)
    text.setSelectionRange(caret, caret)
  }
  return taken
}

// What a mark may mean, the likeliest first; isUnderstood where it means that as it stands.
export function candidates(form, sign, typed, speakers) {
  const word = plain(typed)
  if (sign === '!') return kinds(form, word)
  if (sign === '~') return ceilings(form, word)
  if (sign === '@') {
    const found = speakers.filter(name => name.split(/[\s,]+/).some(part => plain(part).startsWith(word)))
    return found.map(label => ({ label, isUnderstood: Boolean(word), take: () => { form.elements.speaker.value = label } }))
  }
  const goal = word.match(/^(?:sdg|goal|g)?(\d{1,2})$/)
  const exact = [
    ...boxes(form, 'action_lines', box => ways(box.value).includes(word), word),
    ...boxes(form, 'goals', box => goal && Number(box.value) === Number(goal[1]), word),
  ]
  const begun = [
    ...boxes(form, 'action_lines', box => ways(box.value).some(way => way.startsWith(word)), ''),
    ...boxes(form, 'goals', box => ['sdg', 'goal'].some(name => word && `${name}${box.value}`.startsWith(word)), ''),
  ]
  return [...exact, ...begun.filter(one => !exact.some(other => other.label === one.label))]
}

// By its code, or by its word on the page, which is in the reader's language.
function kinds(form, word) {
  const coded = boxes(form, 'kind', radio => plain(radio.value).startsWith(word), word)
  return [...coded, ...called(form, 'kind', word).filter(one => !coded.some(other => other.label === one.label))]
}

const called = (form, name, word) => boxes(form, name, radio => plain(named(radio.closest('label'))).startsWith(word), word)

// One that the session does not allow is the highest that it does, as the server takes it.
function ceilings(form, word) {
  const known = Object.keys(CEILINGS).filter(code => [code, ...CEILINGS[code]].some(way => way.startsWith(word)))
  if (!known.length) return called(form, 'ceiling', word)
  const found = boxes(form, 'ceiling', radio => known.includes(radio.value), word)
  return found.length ? found : boxes(form, 'ceiling', () => true, word).slice(0, 1)
}

function boxes(form, name, fits, word) {
  return [...form.querySelectorAll(`[name=${name}]`)].filter(fits).map(box => ({
    label: named(box.closest('label')), isUnderstood: Boolean(word), take: () => { box.checked = true },
  }))
}

const named = label => label.dataset.title || label.dataset.short || label.lastChild.textContent.trim()

function ways(code) {
  const [head, part] = code.toLowerCase().split('-')
  return part ? [head + part, head + part.slice(1), part, part.slice(1)] : [head]
}

// Without case, and without the accents a keyboard may not have: as eventapp/ground/text/policy.py.
const LEFT_OUT = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u0655\u0670\u06d6-\u06ed]/g
const ONE_LETTER = { đ: 'd', ð: 'd', ħ: 'h', ı: 'i', ł: 'l', ø: 'o', ŧ: 't', ƶ: 'z', æ: 'ae', œ: 'oe', þ: 'th', ß: 'ss', '’': "'", '‘': "'", 'ʼ': "'" }
const bare = word => word.toLowerCase().normalize('NFKD').replace(LEFT_OUT, '').normalize('NFC').replace(/[^\x00-\x7f]/g, one => ONE_LETTER[one] || one)
const plain = word => bare(word).replace(/[-_.,:;\s]/g, '')
