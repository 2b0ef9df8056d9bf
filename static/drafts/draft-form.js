// <draft-form> of every page but those where a note is written: static/record/note-form.js.
import { DraftForm } from './form.js'

customElements.define('draft-form', DraftForm)
