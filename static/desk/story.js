// The text editor gets the name of its field, and the browser's spelling in the story's language.
document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const page = editor.view.dom
  const label = document.querySelector(`label[for="${textarea.id}"]`)
  if (label) {
    label.id ||= `${textarea.id}_label`
    page.setAttribute("aria-labelledby", label.id)
    label.addEventListener("click", () => editor.commands.focus())
  }
  page.setAttribute("role", "textbox")
  page.setAttribute("aria-multiline", "true")
  page.setAttribute("spellcheck", "true")
  const language = document.querySelector("#id_language")
  const speak = () => language?.value && page.setAttribute("lang", language.value)
  language?.addEventListener("change", speak)
  speak()
})
