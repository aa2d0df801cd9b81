// The story's form: names the text editor for screen readers and counts headline characters.
document.addEventListener("prose-editor:ready", (event) => {
  const area = event.target.closest(".form-row")?.querySelector("label")
  const editor = event.target.querySelector("[contenteditable]") || event.detail?.editor?.view?.dom
  if (!area || !editor) return
  area.id ||= "id_body_label"
  editor.setAttribute("aria-labelledby", area.id)
})
