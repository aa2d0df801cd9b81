// Where two texts of one thing stand side by side, one press takes the stored one into the form.
const editorOf = (field) => field.parentElement.querySelector("[contenteditable=true]")?.editor

function take({ field: name, stored, typed }) {
  const field = document.querySelector(`#id_${name}`)
  if (!field) return false
  if (name !== "body") {
    field.value = stored
    field.dispatchEvent(new Event("change", { bubbles: true }))
    return true
  }
  const text = field.value
  if (typed && !text.includes(typed)) return false
  const taken = typed ? text.replace(typed, () => stored) : text + stored
  const editor = editorOf(field)
  if (editor) editor.commands.setContent(taken, { emitUpdate: true })
  else field.value = taken
  return true
}

for (const button of document.querySelectorAll(".take-stored")) {
  button.hidden = false
  button.addEventListener("click", () => {
    if (take(button.dataset)) button.disabled = true
  })
}
